# The service alone; Neo4j runs beside it (docker-compose.yml) or elsewhere (LOOKTHROUGH_NEO4J_URI).
ARG BASE_IMAGE=python:3.13-slim

FROM ${BASE_IMAGE} AS build
WORKDIR /src
RUN python -m venv /opt/venv
COPY requirements-service.txt ./
RUN --mount=type=cache,target=/var/cache/pip \
    /opt/venv/bin/python -m pip install --cache-dir /var/cache/pip --disable-pip-version-check \
    --require-hashes -r requirements-service.txt
COPY pyproject.toml README.md LICENSE CHANGELOG.md ./
COPY cypher cypher
COPY service service
RUN /opt/venv/bin/python -m pip install --disable-pip-version-check --no-deps --no-build-isolation . \
    && /opt/venv/bin/python -m compileall -q /opt/venv/lib

FROM ${BASE_IMAGE}
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin lookthrough
COPY --from=build /opt/venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
USER 10001
WORKDIR /data
EXPOSE 8080
# Inside the container every address is the container's own; what others reach is decided by the published port.
CMD ["lookthrough", "serve", "--host", "0.0.0.0", "--port", "8080"]
