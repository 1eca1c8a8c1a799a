-- 5,760 rows: 24 months of 12 groups of products in 20 markets, none of which was ever measured.
select
  cast(date '2024-01-01' + to_months(cast(i // 240 as integer)) as date) as month,
  [
    'textiles', 'garments', 'ceramics', 'machine tools', 'pumps', 'tea', 'timber', 'furniture', 'toys', 'bicycles', 'dyes', 'software'
  ][i // 20 % 12 + 1] as product_group,
  format('Market {:02d}', i % 20 + 1) as market,
  cast((50 + die(i, 'imports', 9950)) / 100.0 as double) as imports,
  cast((800 + die(i, 'price', 400)) / 10.0 as double) as price_index,
  die(i, 'orders', 300) as orders
from
  range(5760) t (i)
order by
  i
