#!/usr/bin/env python3
"""Writes decimal_vectors.h: percents, quotients and products by Python's exact fractions, an oracle that shares
nothing with src/base. Run from this folder: ./decimal_vectors.py > decimal_vectors.h (same output every time)."""
import random
from fractions import Fraction

RANDOM = random.Random(20251212)
TEXT_DIGITS_MAX = 93  # KURS_PERCENT_SIZE less sign, point and NUL


def round_away(x):
    """Fraction to int, half away from zero."""
    whole = (abs(x) * 2 + 1) // 2
    return int(whole) if x >= 0 else -int(whole)


def plain(coefficient, exponent):
    if exponent >= 0:
        return str(coefficient) + "0" * exponent
    digits = str(coefficient).rjust(1 - exponent, "0")
    return digits[:exponent] + "." + digits[exponent:]


def value(d):
    return Fraction(d[0]) * Fraction(10) ** d[1]


def percent(over, under, decimals):
    ratio = value(over[0]) * value(over[1]) / (value(under[0]) * value(under[1]))
    scaled = abs(round_away((ratio - 1) * 100 * 10**decimals))
    text = plain(scaled, -decimals)
    if len(text.replace(".", "")) > TEXT_DIGITS_MAX:
        return ""
    return ("-" if ratio < 1 else "") + text


def significant(x, digits):
    """x > 0 to significant digits as (coefficient, exponent) in the promised form; None if out of range."""
    exponent = 0
    while x / Fraction(10) ** exponent >= 10**digits:
        exponent += 1
    while x / Fraction(10) ** exponent < 10 ** (digits - 1):
        exponent -= 1
    coefficient = round_away(x / Fraction(10) ** exponent)
    if coefficient == 10**digits:
        coefficient, exponent = coefficient // 10, exponent + 1
    while exponent > 0 and coefficient < 10**17:
        coefficient, exponent = coefficient * 10, exponent - 1
    while exponent < -32 and coefficient % 10 == 0:
        coefficient, exponent = coefficient // 10, exponent + 1
    return (coefficient, exponent) if -32 <= exponent <= 32 else None


def coefficient():
    return RANDOM.choice([
        lambda: RANDOM.randint(1, 9),
        lambda: RANDOM.randint(1, 10**RANDOM.randint(1, 18) - 1),
        lambda: 10**RANDOM.randint(0, 17),
        lambda: 10**18 - 1 - RANDOM.randint(0, 2),
        lambda: 5 * 10**RANDOM.randint(0, 17),
    ])()


def decimal(exponents):
    return (coefficient(), RANDOM.choice(exponents))


ONE = (1, 0)
USUAL = list(range(-6, 1))
WIDE = list(range(-12, 7))
ALL = list(range(-32, 33))


def ratios():
    # the ticker of DESIGN section 1 and hand-picked edges
    for start, end in [("0.01144", "0.01144"), ("0.00193", "0.00192"), ("8", "9"), ("3", "2"), ("3", "4"), ("200", "201")]:
        def d(text):
            whole, _, part = text.partition(".")
            return (int(whole + part), -len(part))
        yield (d(end), ONE), (d(start), ONE)
    for power in range(0, 18):  # exact ties, just above and just below, up and down
        base = 2 * 10**power
        for move in (1, -1):
            yield ((base + move, 0), ONE), ((base, 0), ONE)
    for _ in range(60):  # close to 1
        c = RANDOM.randint(10**4, 10**18 - 10)
        yield ((c + RANDOM.randint(-9, 9), -5), ONE), ((c, -5), ONE)
    for exponents, count in ((USUAL, 60), (WIDE, 60), (ALL, 60)):
        for i in range(count):
            if i % 2:
                yield (decimal(exponents), ONE), (decimal(exponents), ONE)
            else:
                yield (decimal(exponents), decimal(exponents)), (decimal(exponents), decimal(exponents))
    top, bottom = (10**18 - 1, 32), (1, -32)
    yield (top, top), (bottom, bottom)
    yield (bottom, bottom), (top, top)
    yield (top, ONE), (bottom, ONE)
    yield (bottom, ONE), (top, ONE)
    yield (top, top), (top, (10**18 - 2, 32))
    yield (top, (10**18 - 2, 32)), (top, top)


def c_decimal(d):
    return "{INT64_C(%d), %d}" % d


print("/* decimal_vectors.h: written by decimal_vectors.py with exact fractions; do not edit. */")
print("/* clang-format off */")
print("static const struct { struct kurs_ratio ratio; int decimals; const char *text; } percents[] = {")
for over, under in ratios():
    decimals = RANDOM.choice([0, 1, 2, 2, 2, 3, 6, 18])
    print('    {{{%s, %s}, {%s, %s}}, %d, "%s"},' % (
        c_decimal(over[0]), c_decimal(over[1]), c_decimal(under[0]), c_decimal(under[1]), decimals,
        percent(over, under, decimals)))
print("};")
for name, operation in (("quotients", lambda a, b: a / b), ("products", lambda a, b: a * b)):
    print("/* `result` is {0, 0} where it is out of range */")
    print("static const struct { struct kurs_decimal a, b; int digits; struct kurs_decimal result; } %s[] = {" % name)
    for exponents, count in ((USUAL, 50), (WIDE, 50), (ALL, 40)):
        for _ in range(count):
            a, b, digits = decimal(exponents), decimal(exponents), RANDOM.choice([1, 2, 5, 10, 10, 17, 18])
            result = significant(operation(value(a), value(b)), digits) or (0, 0)
            print("    {%s, %s, %d, %s}," % (c_decimal(a), c_decimal(b), digits, c_decimal(result)))
    print("};")
