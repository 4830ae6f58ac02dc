using System.Text.Json;
using GridVolunteer.Cli.CommandLine;

namespace GridVolunteer.Cli.Configuration;

/// <summary>
/// The user's settings, <c>config.json</c> in the configuration folder: <c>{ "coordinator": "https://…"
/// }</c>. The file may be absent; unknown settings are ignored, so that newer and older versions share it.
/// </summary>
public sealed record ConfigurationFile
{
    private const string Name = "config.json";

    private static readonly JsonDocumentOptions Lenient = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>The coordinator to talk to, or null when the file does not say.</summary>
    public string? Coordinator { get; private init; }

    /// <summary>Reads the file in <paramref name="folder"/>; an absent one is empty.</summary>
    /// <exception cref="CliException">It is there and cannot be read.</exception>
    public static ConfigurationFile Read(string folder)
    {
        var path = Path.Combine(folder, Name);
        if (!File.Exists(path))
        {
            return new ConfigurationFile();
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path), Lenient);
            return new ConfigurationFile { Coordinator = Text(document.RootElement, "coordinator") };
        }
        catch (Exception e)
            when (
                e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw CliException.WrongUse(
                $"Cannot read the settings in {path}: {e.Message} It should look like "
                + $"{{ \"coordinator\": \"{CoordinatorAddress.Default}\" }}.",
                e);
        }
    }

    private static string? Text(JsonElement settings, string name) =>
        settings.TryGetProperty(name, out var value) ? value.GetString() : null;
}
