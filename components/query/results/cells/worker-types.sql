SELECT * FROM (VALUES
  (TIMETZ '10:00:00.123456+05:30', '0010111'::BIT, 340282366920938463463374607431768211455::UHUGEINT,
   '123456789012345678901234567890123456789012345678901234567890'::BIGNUM,
   union_value(price := 1.10::DECIMAL(4, 2))::UNION(price DECIMAL(4, 2), note VARCHAR),
   {'deep': [1, 2.50]}::VARIANT, INTERVAL '14 months -3 days 04:05:06.789',
   uuid '00000000-0000-4000-8000-00000000000f', 'b'::ENUM('a', 'b'),
   TIMESTAMPTZ '2026-11-21 01:41:07.5-05:00', TIMESTAMP_NS '2026-11-21 06:41:07.123456789',
   [TIMETZ '10:00:00+02', NULL], {'bits': '101'::BIT, 'span': INTERVAL 1 DAY, 'big': 18446744073709551616::UHUGEINT},
   MAP {INTERVAL 1 DAY: [union_value(n := 5)]}, [{'at': TIMESTAMP_NS '2026-11-21 06:41:07.123456789', 'v': 5::VARIANT}],
   ['7'::BIGNUM, NULL]),
  (TIMETZ '23:59:59-15:59:59', '1'::BIT, 0::UHUGEINT, '-1'::BIGNUM,
   union_value(note := '')::UNION(price DECIMAL(4, 2), note VARCHAR),
   'text'::VARIANT, INTERVAL '0 seconds', uuid 'ffffffff-ffff-ffff-ffff-ffffffffffff', 'a'::ENUM('a', 'b'),
   TIMESTAMPTZ '1969-12-31 23:59:59.999999+00', TIMESTAMP_NS '1969-12-31 23:59:59.999999999',
   [], {'bits': NULL, 'span': NULL, 'big': NULL}, MAP {}, [], []),
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)
) AS t(timetz, bits, uhuge, bignum, tagged, variant, span, id, level, instant, fine, times, parts, spans, nested, longs)
