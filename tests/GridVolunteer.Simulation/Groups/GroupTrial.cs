using GridVolunteer.Groups.Views;
using GridVolunteer.Simulation.Campaigns;
using GridVolunteer.Simulation.Groups.Checkers;

namespace GridVolunteer.Simulation.Groups;

/// <summary>A world of one group with all its checkers.</summary>
internal sealed class GroupTrial
{
    private readonly ViewChecker _views;
    private readonly LivenessChecker _liveness;

    public GroupTrial(GroupWorld world)
    {
        World = world;
        _views = new ViewChecker(world);
        _liveness = new LivenessChecker(world, _views);
        world.Check(
            _views, new AgreementChecker(world), new FifoChecker(world), new StateChecker(world), _liveness,
            new RuleChecker(world, _views, _liveness));
    }

    public GroupWorld World { get; }

    /// <summary>The latest view anybody has installed.</summary>
    public View? Latest => _views.Latest;

    /// <summary>The run is over.</summary>
    public RunOutcome Conclude(Dictionary<string, long> counts)
    {
        World.Conclude();
        counts["messages"] = World.Network.MessagesSent;
        counts["views"] = (long)(_views.Latest?.Number ?? 0);
        counts["without majority"] = _liveness.HasLostMajority ? 1 : 0;
        return new RunOutcome(World.Violations, World.Simulator.Trace.Value, counts);
    }
}
