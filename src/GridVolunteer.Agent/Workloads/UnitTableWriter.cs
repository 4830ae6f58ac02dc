using System.Buffers;
using GridVolunteer.Protocol.Ids;
using GridVolunteer.Protocol.Packing;
using GridVolunteer.Sdk;

namespace GridVolunteer.Agent.Workloads;

/// <summary>
/// Writes a plan's table as one file for each shard, never holding more than one unit's input in memory.
/// </summary>
internal static class UnitTableWriter
{
    private const long TableSizeBytesMax = 1L << 30;

    /// <summary>Writes the files to <paramref name="folder"/> and returns their paths in order.</summary>
    /// <exception cref="WorkloadException">An input is too large, or there are more or fewer than the plan
    /// says.</exception>
    public static async ValueTask<IReadOnlyList<string>> WriteAsync(
        IEnumerable<ReadOnlyMemory<byte>> table, long units, string folder, CancellationToken cancellationToken)
    {
        var paths = new List<string>();
        var buffer = new ArrayBufferWriter<byte>();
        FileStream? file = null;
        var unit = 0L;
        try
        {
            foreach (var input in table)
            {
                if (unit % WorkGeometry.UnitsPerShard == 0)
                {
                    await CloseAsync(file);
                    paths.Add(Path.Combine(folder, $"table-{paths.Count}.bin"));
                    file = new FileStream(paths[^1], FileMode.Create, FileAccess.Write);
                }

                Check(unit, units, input.Length);
                buffer.ResetWrittenCount();
                PackedInputs.Write(buffer, input.Span);
                await file!.WriteAsync(buffer.WrittenMemory, cancellationToken);
                unit++;
            }

            await CloseAsync(file);
            file = null;
        }
        finally
        {
            if (file is not null)
            {
                await file.DisposeAsync();
            }
        }

        return unit == units ? paths : throw new WorkloadException($"The plan says {units} units, but its table has {unit}.");
    }

    private static void Check(long unit, long units, int sizeBytes)
    {
        if (unit >= units)
        {
            throw new WorkloadException($"The plan says {units} units, but its table has more.");
        }

        if (sizeBytes > PackedInputs.UnitInputSizeBytesMax)
        {
            throw new WorkloadException(PlanCheck.UnitTooLarge(unit, sizeBytes));
        }
    }

    private static async ValueTask CloseAsync(FileStream? file)
    {
        if (file is null)
        {
            return;
        }

        var sizeBytes = file.Length;
        await file.DisposeAsync();
        if (sizeBytes > TableSizeBytesMax)
        {
            throw new WorkloadException(
                $"The inputs of {WorkGeometry.UnitsPerShard} units take {sizeBytes} bytes; at most {TableSizeBytesMax} are possible.");
        }
    }
}
