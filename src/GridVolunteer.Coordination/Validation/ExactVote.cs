using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Validation;

/// <summary>Agreement by equal bytes: as many equal digests as the quorum, from as many volunteers, make a unit valid.</summary>
internal static class ExactVote
{
    /// <summary>Counts one more result.</summary>
    /// <param name="pending">The results that wait.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="digest">The result's digest.</param>
    /// <param name="agreeing">How many of the unit's results agree before it.</param>
    /// <param name="plan">Has the quorum.</param>
    public static Vote Cast(PendingResults pending, int unit, Digest digest, int agreeing, ShardPlan plan)
    {
        var group = pending.FindGroup(unit, digest);
        if (group < 0)
        {
            return new Vote(ResultFate.Opens, 0, Math.Max(1, agreeing));
        }

        var size = pending.Size(unit, group) + 1;
        return size >= plan.Quorum
            ? new Vote(ResultFate.Agrees, group, 0)
            : new Vote(ResultFate.Joins, group, Math.Max(size, agreeing));
    }
}
