using Spectre.Console;

namespace GridVolunteer.Cli.Presentation;

/// <summary>
/// Where output goes. Results go to standard output, everything said on the way to standard error, so that a
/// pipe gets nothing but results. Tables and live progress are drawn only where a person looks.
/// </summary>
public sealed class Terminal
{
    /// <summary>Standard output as text.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Standard error as text.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Opens standard output for bytes; the caller disposes it.</summary>
    public required Func<Stream> OpenOut { get; init; }

    /// <summary>True when a person looks at standard output.</summary>
    public required bool IsInteractive { get; init; }

    /// <summary>True when a person looks at standard error.</summary>
    public bool IsErrorInteractive { get; init; }

    /// <summary>Draws on standard output; use only when <see cref="IsInteractive"/>.</summary>
    public required IAnsiConsole Ansi { get; init; }

    /// <summary>Draws on standard error; use only when <see cref="IsErrorInteractive"/>.</summary>
    public required IAnsiConsole AnsiError { get; init; }

    /// <summary>The terminal of a real process.</summary>
    public static Terminal OfProcess() => new()
    {
        Out = Console.Out,
        Error = Console.Error,
        OpenOut = Console.OpenStandardOutput,
        IsInteractive = !Console.IsOutputRedirected,
        IsErrorInteractive = !Console.IsErrorRedirected,
        Ansi = AnsiConsole.Console,
        AnsiError = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }),
    };

    /// <summary>Says something on the way, to standard error.</summary>
    public void Note(string text) => Error.WriteLine(text);
}
