using GridVolunteer.Coordination.Shards;
using GridVolunteer.Coordination.Shards.Records;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Protocol.Ids;

namespace GridVolunteer.Coordination.Validation;

/// <summary>
/// Agreement by equal bytes: as many equal digests as the quorum, from as many volunteers, make a unit valid.
/// </summary>
internal static class ExactVote
{
    /// <summary>Counts one more result.</summary>
    public static Vote Cast(ShardBooks books, int unit, Digest digest)
    {
        var agreeing = UnitCode.Agreeing(books.States[unit]);
        var group = books.Pending.FindGroup(unit, digest);
        if (group < 0)
        {
            return new Vote(ResultFate.Opens, 0, Math.Max(1, agreeing));
        }

        var size = books.Pending.Size(unit, group) + 1;
        return size >= books.Plan.Quorum
            ? new Vote(ResultFate.Agrees, group, 0)
            : new Vote(ResultFate.Joins, group, Math.Max(size, agreeing));
    }
}
