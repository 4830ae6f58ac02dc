using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Groups;

/// <summary>Watches a run of a group for one thing that must hold.</summary>
internal interface IGroupChecker
{
    /// <summary>A member was told something.</summary>
    void Observe(GroupProgram observer, GroupEvent happened)
    {
    }

    /// <summary>The run is over; faults have long been mended.</summary>
    void Conclude()
    {
    }
}
