using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace GridVolunteer.Workloads.ParameterSweep;

/// <summary>What a sweep can be told. Every parameter of another name is a dimension.</summary>
/// <param name="Command">The command line, with <c>{name}</c> where a dimension's value goes.</param>
/// <param name="Outputs">Files to collect, relative to the run's folder; may hold placeholders.</param>
/// <param name="Shell">Whether <c>/bin/sh -c</c> runs the command.</param>
/// <param name="FailOn">Which ends of the program make the unit fail, so that it is tried elsewhere.</param>
/// <param name="Seconds">What a run takes, roughly.</param>
/// <param name="TimeLimitSeconds">When a run counts as hanging.</param>
/// <param name="MemoryMiB">Memory a run needs.</param>
/// <param name="Programs">Programs a machine must have besides the command's first word.</param>
public sealed record SweepParameters(
    [property: Description("The command line, with {name} where a value goes: \"python3 model.py --seed {seed}\".")]
    string Command,
    [property: Description("Files the program writes that belong to its result, as name,name; may hold {name}.")]
    IReadOnlyList<string>? Outputs = null,
    [property: Description("Runs the command through /bin/sh -c, for pipes and redirections; values are quoted.")]
    bool Shell = false,
    [property: Description("Which ends of the program fail the unit, which is then tried on other machines.")]
    FailOn FailOn = FailOn.Crash,
    [property: Description("Seconds one run takes, roughly: 10 when absent, or the time limit when that is less.")]
    [property: Range(0.001, 1e6)]
    double? Seconds = null,
    [property: Description("Seconds after which a run counts as hanging and is ended."), Range(1, 30 * 86400)]
    double TimeLimitSeconds = 3600,
    [property: Description("Memory one run needs, in MiB."), Range(0, 1 << 24)]
    long MemoryMiB = 0,
    [property: Description("Programs a machine must have, besides the first word of the command.")]
    IReadOnlyList<string>? Programs = null)
{
    /// <summary>The dimensions: values by name, as text or JSON.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement> Dimensions { get; set; } = new Dictionary<string, JsonElement>();
}
