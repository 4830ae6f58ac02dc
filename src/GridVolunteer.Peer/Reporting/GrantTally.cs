using System.Buffers;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Peer.Reporting;

/// <summary>Finished units of one grant that are to be reported.</summary>
internal sealed class GrantTally(GrantId grant)
{
    public GrantId Grant => grant;

    public List<FinishedUnit> Units { get; } = [];

    /// <summary>When the oldest of <see cref="Units"/> came.</summary>
    public TimeSpan Since { get; set; }

    public GrantReport ToReport()
    {
        var results = Units.Where(u => u.Failure is null).OrderBy(u => u.Unit).ToList();
        var packed = new ArrayBufferWriter<byte>(Math.Max(16, results.Sum(u => u.SizeBytes)));
        var writer = new PackedResultsWriter(packed);
        var runs = new List<UnitRun>();
        foreach (var result in results)
        {
            if (result.Blob is { } blob)
            {
                writer.WriteBlob(blob);
            }
            else
            {
                writer.WriteInline(result.Inline.Span);
            }

            if (runs.Count > 0 && runs[^1].End == result.Unit)
            {
                runs[^1] = new UnitRun(runs[^1].Start, runs[^1].Count + 1);
            }
            else
            {
                runs.Add(new UnitRun(result.Unit, 1));
            }
        }

        return new GrantReport
        {
            Grant = grant,
            Runs = runs,
            Results = packed.WrittenMemory,
            Failures =
                [.. Units.Where(u => u.Failure is not null).OrderBy(u => u.Unit).Select(u => u.Failure!)],
            ComputeSeconds = Units.Sum(u => u.ComputeSeconds),
        };
    }
}
