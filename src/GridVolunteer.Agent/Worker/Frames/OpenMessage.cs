using System.Text.Json;

namespace GridVolunteer.Agent.Worker.Frames;

/// <summary>What a worker needs to know of the one job it serves.</summary>
internal sealed record OpenMessage
{
    private const int InputsMax = 10_000;

    /// <summary>The unpacked package.</summary>
    public required string PackageFolder { get; init; }

    /// <summary>Where units get their own folder, one at a time.</summary>
    public required string ScratchFolder { get; init; }

    /// <summary>Where results go that are too large for a frame.</summary>
    public required string ResultFolder { get; init; }

    /// <summary>The job's parameters, one JSON object.</summary>
    public required JsonElement Parameters { get; init; }

    /// <summary>Input files by name.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>Start of the job's random streams.</summary>
    public required long Seed { get; init; }

    /// <summary>The largest result of a unit, in bytes.</summary>
    public required long ResultSizeBytesMax { get; init; }

    /// <summary>The shortest time between two checkpoints of a unit.</summary>
    public required TimeSpan CheckpointInterval { get; init; }

    public void Write(FrameWriter writer)
    {
        writer.Begin(FrameKind.Open);
        writer.Text(PackageFolder);
        writer.Text(ScratchFolder);
        writer.Text(ResultFolder);
        writer.Text(Parameters.GetRawText());
        writer.Varint(Inputs.Count);
        foreach (var (name, path) in Inputs)
        {
            writer.Text(name);
            writer.Text(path);
        }

        writer.Varint(Seed);
        writer.Varint(ResultSizeBytesMax);
        writer.Number(CheckpointInterval.TotalSeconds);
        writer.End();
    }

    public static OpenMessage Read(FrameBody body)
    {
        var package = body.Text();
        var scratch = body.Text();
        var results = body.Text();
        using var parameters = JsonDocument.Parse(body.Bytes());
        var inputs = new Dictionary<string, string>();
        for (var left = body.Count(InputsMax); left > 0; left--)
        {
            inputs[body.Text()] = body.Text();
        }

        var message = new OpenMessage
        {
            PackageFolder = package,
            ScratchFolder = scratch,
            ResultFolder = results,
            Parameters = parameters.RootElement.Clone(),
            Inputs = inputs,
            Seed = body.Varint(),
            ResultSizeBytesMax = body.Varint(),
            CheckpointInterval = TimeSpan.FromSeconds(body.Number()),
        };
        body.End();
        return message;
    }
}
