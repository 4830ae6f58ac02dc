using System.Text.Json.Serialization;
using GridVolunteer.Workloads.ProteinSearch.Hits;
using GridVolunteer.Workloads.ProteinSearch.Output;
using GridVolunteer.Workloads.ProteinSearch.Slices;

namespace GridVolunteer.Workloads.ProteinSearch;

/// <summary>Source-generated JSON of everything that travels.</summary>
[JsonSerializable(typeof(SearchParameters))]
[JsonSerializable(typeof(DatabaseSlice))]
[JsonSerializable(typeof(PartHits))]
[JsonSerializable(typeof(SliceProgress))]
[JsonSerializable(typeof(SearchOutput))]
internal sealed partial class ProteinSearchJson : JsonSerializerContext;
