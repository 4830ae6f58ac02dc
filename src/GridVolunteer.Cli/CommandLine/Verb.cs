using System.CommandLine;
using System.Diagnostics.CodeAnalysis;

namespace GridVolunteer.Cli.CommandLine;

/// <summary>A command with examples: each verb shows in its help how it is used.</summary>
[SuppressMessage("Design", "CA1010", Justification = "Command is enumerable for its collection initialiser only.")]
public sealed class Verb : Command
{
    /// <summary>A verb that acts.</summary>
    /// <param name="name">Its word on the command line.</param>
    /// <param name="summary">What it does, in a sentence.</param>
    /// <param name="examples">Complete command lines, the most common one first.</param>
    public Verb(string name, string summary, params string[] examples)
        : base(name, summary) => Examples = examples;

    /// <summary>Complete command lines that show its use.</summary>
    public IReadOnlyList<string> Examples { get; }

    /// <summary>What else a user should know, a sentence a line; none by default.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Sets what the verb does.</summary>
    /// <returns>The verb itself.</returns>
    public Verb Does(Func<ParseResult, CancellationToken, Task<ExitCode>> action)
    {
        SetAction(async (parsed, cancellation) => (int)await action(parsed, cancellation));
        return this;
    }
}
