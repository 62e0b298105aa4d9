"""lookthrough: is this entity owned or controlled by those parties, under this rule, on this date?"""
