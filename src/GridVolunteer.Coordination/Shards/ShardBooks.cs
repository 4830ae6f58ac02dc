using GridVolunteer.Coordination.Shards.Grants;
using GridVolunteer.Coordination.Shards.Units;
using GridVolunteer.Coordination.Validation;
using GridVolunteer.Protocol.Jobs;

namespace GridVolunteer.Coordination.Shards;

/// <summary>What a shard keeps only while it is open.</summary>
internal sealed class ShardBooks
{
    public ShardBooks(ShardPlan plan)
    {
        Plan = plan;
        States = new UnitStates(plan.UnitCount, plan.Quorum);
        Details = new UnitDetails(States);
        Pending = new PendingResults(plan.UnitCount, plan.Quorum, IsNumeric, Details);
        Grants = new GrantBook(States);
    }

    /// <summary>What the shard was opened with.</summary>
    public ShardPlan Plan { get; }

    /// <summary>One byte for each unit.</summary>
    public UnitStates States { get; }

    /// <summary>More for the few units that need it.</summary>
    public UnitDetails Details { get; }

    /// <summary>Results that wait for agreement.</summary>
    public PendingResults Pending { get; }

    /// <summary>Copies that are out.</summary>
    public GrantBook Grants { get; }

    /// <summary>Volunteers that ever had a grant.</summary>
    public HolderBook Holders { get; } = new();

    /// <summary>Units that somebody lost.</summary>
    public LossBook Losses { get; } = new();

    /// <summary>Seconds of computing reported, summed over threads.</summary>
    public double ComputeSeconds { get; set; }

    /// <summary>Results they were for.</summary>
    public long ComputedUnits { get; set; }

    /// <summary>Whether results are compared as numbers.</summary>
    public bool IsNumeric => Plan.Quorum > 1 && Plan.Agreement.Kind == AgreementKind.Numeric;

    /// <summary>Whether copies could be handed out, to somebody, that are no second ones.</summary>
    public bool HasWorkLeft => States.CopiesWanted > 0 || States.FreshFrom < States.UnitCount;

    /// <summary>Seconds that a unit took in the mean, 0 before the first report.</summary>
    public double MeanSeconds => ComputedUnits == 0 ? 0 : ComputeSeconds / ComputedUnits;
}
