/** The states of the USA with their postal codes. */
export const usStates: ReadonlyMap<string, string> = new Map(
  "AL Alabama,AK Alaska,AZ Arizona,AR Arkansas,CA California,CO Colorado,CT Connecticut,DE Delaware,DC District of Columbia,FL Florida,GA Georgia,HI Hawaii,ID Idaho,IL Illinois,IN Indiana,IA Iowa,KS Kansas,KY Kentucky,LA Louisiana,ME Maine,MD Maryland,MA Massachusetts,MI Michigan,MN Minnesota,MS Mississippi,MO Missouri,MT Montana,NE Nebraska,NV Nevada,NH New Hampshire,NJ New Jersey,NM New Mexico,NY New York,NC North Carolina,ND North Dakota,OH Ohio,OK Oklahoma,OR Oregon,PA Pennsylvania,RI Rhode Island,SC South Carolina,SD South Dakota,TN Tennessee,TX Texas,UT Utah,VT Vermont,VA Virginia,WA Washington,WV West Virginia,WI Wisconsin,WY Wyoming"
    .split(",")
    .map((one) => [one.slice(3), one.slice(0, 2)]),
);
/**
 * Large cities of the USA that no city elsewhere in it comes near in size, by state: `Chicago` alone says which one is meant. Those with a
 * namesake of a third of their size or more (Aurora, Arlington, Columbus, Glendale, Kansas City, Springfield) are left out.
 */
const cities = `AK Anchorage|AL Huntsville,Montgomery|AZ Phoenix,Tucson,Mesa,Scottsdale|AR Little Rock|CA Los Angeles,San Diego,San Jose,San Francisco,Fresno,Sacramento,Long Beach,Oakland,Bakersfield,Anaheim,Berkeley,Palo Alto,Santa Monica|CO Denver,Colorado Springs,Boulder|CT Hartford|DC Washington|FL Miami,Tampa,Orlando,Jacksonville,Tallahassee|GA Atlanta|HI Honolulu|ID Boise|IL Chicago|IN Indianapolis|IA Des Moines|KS Wichita|KY Louisville|LA New Orleans,Baton Rouge|MA Boston|MD Baltimore|MI Detroit,Ann Arbor|MN Minneapolis|MO St. Louis|NE Omaha|NV Las Vegas,Reno|NJ Newark,Jersey City|NM Albuquerque,Santa Fe|NY New York,New York City,Buffalo|NC Charlotte,Raleigh|OH Cleveland,Cincinnati|OK Oklahoma City,Tulsa|OR Portland|PA Philadelphia,Pittsburgh|RI Providence|TN Nashville,Memphis|TX Houston,San Antonio,Dallas,Austin,Fort Worth,El Paso|UT Salt Lake City|VA Virginia Beach|WA Seattle,Spokane,Tacoma|WI Milwaukee`;
export const stateOfCity: ReadonlyMap<string, string> = new Map(
  cities.split("|").flatMap((one) =>
    one
      .slice(3)
      .split(",")
      .map((city) => [city.toLowerCase(), one.slice(0, 2)] as const),
  ),
);
