using System.CommandLine;
using GridVolunteer.Agent.Workloads;
using GridVolunteer.Cli.CommandLine;
using GridVolunteer.Cli.Presentation;
using GridVolunteer.Cli.Submission;
using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Cli.Workloads;

/// <summary><c>workload pack SOURCE</c>: one file to give to others.</summary>
public static class PackVerb
{
    /// <summary>Makes the verb.</summary>
    public static Verb Create(CliHost host)
    {
        var source = new Argument<string>("SOURCE") { Description = WorkloadSource.Description };
        var file = new Option<string?>("--output", "-o")
        {
            HelpName = "FILE",
            Description = "The package; NAME.gvw in the current folder by default.",
        };
        var verb = new Verb(
            "pack", "Builds a workload and packs it into one file that can be submitted anywhere.",
            "gridvolunteer workload pack Pendulum",
            "gridvolunteer workload pack Pendulum -o pendulum.gvw") { source, file };
        return verb.Does(async (parsed, cancellation) =>
        {
            using var scratch = new ScratchFolder("pack");
            var package = await WorkloadSource.ResolveAsync(
                parsed.GetRequiredValue(source), scratch.FullPath, cancellation);
            var target = parsed.GetValue(file) ?? package.Manifest.Name + WorkloadPackage.Extension;
            await CopyAsync(package.FilePath, target, cancellation);
            var blob = await BlobHasher.OfFileAsync(target, cancellation);
            host.Terminal.Out.WriteLine(
                $"Packed {package.Manifest.Name} {package.Manifest.Version} into {target} "
                + $"({Wording.Bytes(blob.LengthBytes)}, {Wording.Counted(package.Entries.Count, "file")}).");
            host.Terminal.Out.WriteLine($"Submit it:  {CommandPath.Program} submit {target}");
            return ExitCode.Done;
        });
    }

    private static async Task CopyAsync(string source, string target, CancellationToken cancellation)
    {
        if (Path.GetFullPath(source) == Path.GetFullPath(target))
        {
            throw CliException.WrongUse($"{target} is a package already.");
        }

        await using var from = File.OpenRead(source);
        await using var to = File.Create(target);
        await from.CopyToAsync(to, cancellation);
    }
}
