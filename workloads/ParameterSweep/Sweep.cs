using GridVolunteer.Sdk;
using GridVolunteer.Workloads.ParameterSweep.Commands;
using GridVolunteer.Workloads.ParameterSweep.Dimensions;

namespace GridVolunteer.Workloads.ParameterSweep;

/// <summary>
/// A sweep understood: its command, its dimensions in their order and the files to collect.
/// </summary>
internal sealed class Sweep
{
    private Sweep(CommandTemplate command, SweepSpace space, IReadOnlyList<TextTemplate> outputs)
    {
        Command = command;
        Space = space;
        Outputs = outputs;
    }

    public CommandTemplate Command { get; }

    public SweepSpace Space { get; }

    /// <summary>Names of the files to collect.</summary>
    public IReadOnlyList<TextTemplate> Outputs { get; }

    /// <summary>Makes sense of the parameters.</summary>
    /// <exception cref="WorkloadException">They make none; all faults that can be told at once
    /// are.</exception>
    public static Sweep From(SweepParameters parameters)
    {
        var command = new CommandTemplate(parameters.Command, parameters.Shell);
        var outputs = (parameters.Outputs ?? []).Select(name => new TextTemplate(name)).ToArray();
        var names = command.Names.Concat(outputs.SelectMany(o => o.Names)).Distinct().ToArray();
        var faults = Faults(parameters, names).ToArray();
        if (faults.Length > 0)
        {
            throw new WorkloadException(string.Join('\n', faults));
        }

        var dimensions = names.Where(parameters.Dimensions.ContainsKey)
            .Select(name => Dimension.Parse(name, parameters.Dimensions[name]));
        return new Sweep(command, new SweepSpace([.. dimensions]), outputs);
    }

    private static IEnumerable<string> Faults(SweepParameters parameters, string[] names)
    {
        var dimensions = parameters.Dimensions;
        foreach (var name in names.Where(name => name != TextTemplate.Index && !dimensions.ContainsKey(name)))
        {
            yield return $"The command has {{{name}}}, but there is no such dimension: " +
                $"give it as --param {name}=1..10, or write {{{{{name}}}}} for the text itself.";
        }

        foreach (var name in dimensions.Keys.Where(name => !names.Contains(name)))
        {
            yield return $"'{name}' is neither an option nor used: write {{{name}}} in the command. " +
                "Options are command, outputs, shell, failOn, seconds, timeLimitSeconds, memoryMiB and programs.";
        }

        if (dimensions.ContainsKey(TextTemplate.Index))
        {
            yield return $"'{TextTemplate.Index}' is the run's own number: name the dimension otherwise.";
        }
    }
}
