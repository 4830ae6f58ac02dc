using System.Text.Json.Serialization;
using GridVolunteer.Workloads.OptionPricing.Output;
using GridVolunteer.Workloads.OptionPricing.Slices;
using GridVolunteer.Workloads.OptionPricing.Sums;

namespace GridVolunteer.Workloads.OptionPricing;

/// <summary>Source-generated JSON of everything that travels.</summary>
[JsonSerializable(typeof(PricingParameters))]
[JsonSerializable(typeof(PathSlice))]
[JsonSerializable(typeof(PartialSums))]
[JsonSerializable(typeof(SliceProgress))]
[JsonSerializable(typeof(PricingOutput))]
internal sealed partial class OptionPricingJson : JsonSerializerContext;
