"""Imports: files sent to be loaded, watched, and accounted for; and loads of any kind."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path as FilePath
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, ServerSentEvent
from starlette.datastructures import UploadFile

from lookthrough.investigations.cursors import DEFAULT_LIMIT
from lookthrough.investigations.errors import BadQuestion
from lookthrough.investigations.import_documents import (
    ImportDocument,
    ImportPage,
    LoadPage,
    import_document,
    imports,
    loads,
    rejected,
)
from lookthrough.investigations.imports import Options, Upload

from .dependencies import PROBLEMS, Cursor, Limit, ServiceDep
from .events import EVENTS, told
from .screenings import FULL, NOT_NOW

router = APIRouter(prefix="/v1", tags=["imports"], responses=PROBLEMS)

MOST_FILES = 100
CHUNK = 1_000_000
NDJSON = "application/x-ndjson"
FILES = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["files"],
                    "properties": {
                        "files": {
                            "type": "array",
                            "minItems": 1,
                            "maxItems": MOST_FILES,
                            "items": {"type": "string", "format": "binary"},
                        }
                    },
                }
            },
            "application/octet-stream": {"schema": {"type": "string", "format": "binary"}},
        },
    }
}
LARGE: dict[int | str, dict[str, object]] = {
    413: {**PROBLEMS[404], "description": "more than `LOOKTHROUGH_MAX_UPLOAD_MB`"},
    400: {**PROBLEMS[404], "description": "a form that cannot be read"},
}
ImportId = Annotated[
    str, Path(alias="import", max_length=200, description="the `id` of an import", examples=["0d5f4c0e6f9c"])
]


def _options(
    source: Annotated[str, Query(max_length=200, description="the source of rows that name none")] = "",
    form: Annotated[
        str, Query(alias="format", max_length=100, description="`auto`, or the format of the files")
    ] = "auto",
    complete: Annotated[
        bool, Query(description="close what the sources said before and do not say now")
    ] = False,
    allow_empty: Annotated[
        bool, Query(description="with `complete`: also of a `source` without a row")
    ] = False,
) -> Options:
    options = Options(source, form, complete, allow_empty)
    options.check()
    return options


@router.post(
    "/imports",
    status_code=202,
    response_model=ImportDocument,
    responses={**FULL, **LARGE},
    openapi_extra=FILES,
)
async def begin_import(
    request: Request,
    service: ServiceDep,
    options: Annotated[Options, Depends(_options)],
    name: Annotated[
        str | None, Query(max_length=200, description="of the file, where the body is one file")
    ] = None,
) -> Response:
    """Load files: the parts of a form, or the body as one file of that `name`; archives too.

    They are checked and loaded in the background, one import after the other.
    """
    upload = service.imports.upload()
    try:
        await _receive(request, upload, name)
        begun = await run_in_threadpool(service.imports.begin, upload, options)
    except BaseException:
        upload.close()
        raise
    document = await run_in_threadpool(import_document, service.database, begun)
    place = {"Location": f"/v1/imports/{document.id}"}
    return Response(document.to_json(), 202, media_type="application/json", headers=place)


async def _receive(request: Request, upload: Upload, name: str | None) -> None:
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        async with request.form(max_files=MOST_FILES, max_fields=MOST_FILES) as form:
            for _, part in form.multi_items():
                if isinstance(part, UploadFile):
                    await _take(part, upload.place(part.filename or ""))
    elif name is None:
        raise BadQuestion("name: says what the file in the body is called")
    else:
        with upload.place(name).open("wb") as stream:
            async for chunk in request.stream():
                await run_in_threadpool(stream.write, chunk)


async def _take(part: UploadFile, path: FilePath) -> None:
    with path.open("wb") as stream:
        while chunk := await part.read(CHUNK):
            await run_in_threadpool(stream.write, chunk)
    await part.close()


@router.get("/imports", response_model=ImportPage)
def list_imports(service: ServiceDep, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    """What was sent to be loaded, the newest first."""
    return _json(imports(service.database, limit, cursor).to_json())


@router.get("/loads", response_model=LoadPage)
def list_loads(service: ServiceDep, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None) -> Response:
    """What was loaded in any way, by the command too, the newest first."""
    return _json(loads(service.database, limit, cursor).to_json())


@router.get("/imports/{import}", response_model=ImportDocument)
def one_import(import_id: ImportId, service: ServiceDep) -> Response:
    """How far an import is; at its end the report of the load, or why there is none."""
    return _json(import_document(service.database, import_id).to_json())


@router.get(
    "/imports/{import}/rejected",
    response_class=Response,
    responses={200: {"content": {NDJSON: {"schema": {"type": "string"}}}}, **NOT_NOW},
)
def rejected_records(import_id: ImportId, service: ServiceDep) -> Response:
    """The records that were rejected, a line each, to mend and send again."""
    lines = rejected(service.database, import_id)
    name = {"Content-Disposition": f'attachment; filename="rejected-{import_id}.ndjson"'}
    return StreamingResponse(lines, media_type=NDJSON, headers=name)


def _known(import_id: ImportId, service: ServiceDep) -> str:
    """Refused before the stream begins."""
    return import_document(service.database, import_id).id


@router.get("/imports/{import}/events", response_class=EventSourceResponse, response_description=EVENTS)
async def import_events(
    known: Annotated[str, Depends(_known)], service: ServiceDep
) -> AsyncIterator[ServerSentEvent]:
    """An import while it goes on, and its end."""
    async for event in told(lambda: import_document(service.database, known)):
        yield event


def _json(content: bytes) -> Response:
    return Response(content, media_type="application/json")
