using System.Text.Json.Serialization;
using GridVolunteer.Workloads.ParameterSweep.Results;

namespace GridVolunteer.Workloads.ParameterSweep;

/// <summary>Source-generated JSON of everything that travels.</summary>
[JsonSerializable(typeof(SweepParameters))]
[JsonSerializable(typeof(SweepResult))]
[JsonSerializable(typeof(SweepOutput))]
internal sealed partial class ParameterSweepJson : JsonSerializerContext;
