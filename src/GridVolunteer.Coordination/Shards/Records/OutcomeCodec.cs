using GridVolunteer.Coordination.Entities;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;
using GridVolunteer.Protocol.Work;

namespace GridVolunteer.Coordination.Shards.Records;

/// <summary>What a shard keeps for good: canonical runs and failures.</summary>
internal static class OutcomeCodec
{
    /// <summary>Writes them.</summary>
    public static void Write(RecordWriter snapshot, CanonicalIndex canonical, FailureBook failures)
    {
        snapshot.WriteLong(canonical.Entries.Count);
        var end = 0;
        foreach (var entry in canonical.Entries)
        {
            snapshot.WriteRun(entry.Units, ref end);
            snapshot.WriteLong(entry.Place.Row);
            snapshot.WriteLong(entry.Place.Ordinal);
        }

        snapshot.WriteLong(failures.Kept.Count);
        foreach (var failure in failures.Kept)
        {
            snapshot.WriteLong(failure.Unit);
            snapshot.WritePeer(failure.Peer);
            snapshot.WriteByte((byte)failure.Kind);
            snapshot.WriteText(failure.Message);
        }

        snapshot.WriteRuns(failures.Failed);
        snapshot.WriteFlag(failures.FirstError is not null);
        if (failures.FirstError is not null)
        {
            snapshot.WriteText(failures.FirstError);
        }
    }

    /// <summary>Reads them into empty books.</summary>
    public static void Read(ref RecordReader snapshot, CanonicalIndex canonical, FailureBook failures)
    {
        var end = 0;
        for (var left = snapshot.ReadInt(); left > 0; left--)
        {
            var units = snapshot.ReadRun(ref end);
            canonical.Add(new CanonicalEntry(units, new ResultPlace(snapshot.ReadInt(), snapshot.ReadInt())));
        }

        for (var left = snapshot.ReadInt(); left > 0; left--)
        {
            failures.Add(new KeptFailure(
                snapshot.ReadInt(),
                snapshot.ReadPeer(),
                (UnitFailureKind)snapshot.ReadByte(),
                snapshot.ReadText()));
        }

        snapshot.ReadRuns(failures.Failed);
        failures.FirstError = snapshot.ReadFlag() ? snapshot.ReadText() : null;
    }
}
