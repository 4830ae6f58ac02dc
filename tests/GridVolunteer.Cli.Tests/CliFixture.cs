using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using Spectre.Console;

namespace GridVolunteer.Cli.Tests;

/// <summary>A command line that runs inside the test: its own home, environment, output and clock.</summary>
public sealed class CliFixture : IDisposable
{
    private readonly StringWriter _out = new();
    private readonly StringWriter _error = new();
    private readonly MemoryStream _bytes = new();

    public string Home { get; } = Directory.CreateTempSubdirectory("gridvolunteer-cli-test-").FullName;

    public Dictionary<string, string> Variables { get; } = new(StringComparer.Ordinal);

    public bool IsInteractive { get; init; }

    public string Out => _out.ToString();

    public string Error => _error.ToString();

    public byte[] OutBytes => _bytes.ToArray();

    public CliHost Host => new()
    {
        Terminal = new Terminal
        {
            Out = _out,
            Error = _error,
            OpenOut = () => _bytes,
            IsInteractive = IsInteractive,
            Ansi = Ansi(_out),
            AnsiError = Ansi(_error),
        },
        Variable = name => Variables.GetValueOrDefault(name),
        HomeFolder = Home,
        Clock = TimeProvider.System,
    };

    public Task<int> RunAsync(params string[] args) => CliRun.InvokeAsync(args, Host, CancellationToken.None);

    public void Write(string path, string text)
    {
        var full = Path.Combine(Home, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }

    public void Dispose() => Directory.Delete(Home, recursive: true);

    private static IAnsiConsole Ansi(TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Ansi = AnsiSupport.No,
        Out = new AnsiConsoleOutput(writer),
    });
}
