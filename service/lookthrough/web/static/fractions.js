// Exact sums of figures that come as "10/19" or "0.4913": numerator and denominator as whole numbers.

const PLACES = 12;
const ONE = 10n ** 12n;

/** The fraction behind a figure: `exact` where there is one, else the decimal text. */
export function fraction(figure, exact = null) {
  const [over, under] = (exact ?? "").split("/");
  if (exact && under) return [BigInt(over), BigInt(under)];
  const [units, decimals = ""] = (exact ?? figure).split(".");
  return [BigInt(units + decimals), 10n ** BigInt(decimals.length)];
}

export function add([a, b], [c, d]) {
  return shortened(a * d + c * b, b * d);
}

function shortened(over, under) {
  let [a, b] = [over < 0n ? -over : over, under];
  while (b) [a, b] = [b, a % b];
  return a ? [over / a, under / a] : [0n, 1n];
}

/** Decimal text at 12 places, cut, as the service prints figures. */
export function decimal([over, under]) {
  const scaled = (over * ONE) / under;
  const sign = scaled < 0n ? "-" : "";
  const digits = String(scaled < 0n ? -scaled : scaled).padStart(PLACES + 1, "0");
  const decimals = digits.slice(-PLACES).replace(/0+$/, "");
  return `${sign}${digits.slice(0, -PLACES)}${decimals ? `.${decimals}` : ""}`;
}

/** How many times the second the first is; the second is above nothing. */
export function ratio([a, b], [c, d]) {
  return shortened(a * d, b * c);
}

/** The larger of the two. */
export function larger(one, other) {
  return one[0] * other[1] < other[0] * one[1] ? other : one;
}
