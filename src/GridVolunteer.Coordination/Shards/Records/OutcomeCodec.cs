using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>What a shard keeps for good: canonical runs and failures.</summary>
internal static class OutcomeCodec
{
    /// <summary>Writes them.</summary>
    public static void Write(ShardRecordWriter snapshot, CanonicalIndex canonical, FailureBook failures)
    {
        snapshot.Number(canonical.Entries.Count);
        var end = 0;
        foreach (var entry in canonical.Entries)
        {
            snapshot.Run(entry.Units, ref end);
            snapshot.Number(entry.Place.Row);
            snapshot.Number(entry.Place.Ordinal);
        }

        snapshot.Number(failures.Kept.Count);
        foreach (var failure in failures.Kept)
        {
            snapshot.Number(failure.Unit);
            snapshot.Peer(failure.Peer);
            snapshot.Byte((byte)failure.Kind);
            snapshot.Text(failure.Message);
        }

        snapshot.Runs(failures.Failed);
        snapshot.Byte(failures.FirstError is null ? (byte)0 : (byte)1);
        if (failures.FirstError is not null)
        {
            snapshot.Text(failures.FirstError);
        }
    }

    /// <summary>Reads them into empty books.</summary>
    public static void Read(ref ShardRecordReader snapshot, CanonicalIndex canonical, FailureBook failures)
    {
        var end = 0;
        for (var left = snapshot.Small(); left > 0; left--)
        {
            var units = snapshot.Run(ref end);
            canonical.Add(new CanonicalEntry(units, new ResultPlace(snapshot.Small(), snapshot.Small())));
        }

        for (var left = snapshot.Small(); left > 0; left--)
        {
            failures.Add(new KeptFailure(
                snapshot.Small(), snapshot.Peer(), (UnitFailureKind)snapshot.Byte(), snapshot.Text()));
        }

        snapshot.Runs(failures.Failed);
        failures.FirstError = snapshot.Byte() != 0 ? snapshot.Text() : null;
    }
}
