using System.CommandLine;
using System.CommandLine.Parsing;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Client;

namespace GridVolunteer.Cluster.Hosting;

/// <summary>
/// <c>health</c>: asks a silo how it is, for container engines that judge by an exit code; the image of a silo
/// has no other program that could.
/// </summary>
internal static class HealthCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private static readonly Argument<Uri> Url = new("URL")
    {
        Description = "The silo's address.",
        DefaultValueFactory = _ => new Uri(CoordinatorOptions.DefaultUrl),
        CustomParser = Read,
    };

    /// <summary>Makes the command.</summary>
    public static Command Create(TextWriter output)
    {
        var command = new Command("health", "Asks a silo how it is; ends with 0 when it is well, else with 1.");
        command.Add(Url);
        command.SetAction((parsed, cancellation) => AskAsync(parsed.GetRequiredValue(Url), output, cancellation));
        return command;
    }

    private static Uri? Read(ArgumentResult argument)
    {
        var text = argument.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https")
        {
            return url;
        }

        argument.AddError($"'{text}' is not an address: write it like {CoordinatorOptions.DefaultUrl}.");
        return null;
    }

    private static async Task<int> AskAsync(Uri silo, TextWriter output, CancellationToken cancellation)
    {
        using var http = CoordinatorHttp.Create(silo);
        http.Timeout = Patience;
        try
        {
            using var answer = await http.GetAsync(new Uri(silo, ApiRoutes.Health), cancellation);
            output.WriteLine((await answer.Content.ReadAsStringAsync(cancellation)).TrimEnd());
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            // Told by the exit code: whatever the reason, this one is not well.
            output.WriteLine($"{silo} does not answer: {e.Message}");
            return 1;
        }
    }
}
