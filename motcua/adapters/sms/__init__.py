"""SMS under the authority's brand name, through VNPT or Viettel."""
