using GridVolunteer.Groups;
using GridVolunteer.Groups.Register;
using GridVolunteer.Groups.Views;

namespace GridVolunteer.Simulation.Register;

/// <summary>Watches a run of the register for one thing that must hold.</summary>
internal interface IRegisterChecker
{
    /// <summary>A group told a member something.</summary>
    void Observe(RegisterProgram observer, GroupId group, GroupEvent happened)
    {
    }

    /// <summary>A message came out of a group, and through the register.</summary>
    void Deliver(RegisterProgram observer, GroupId group, OpenedMessage message)
    {
    }

    /// <summary>A member was told that its group is dissolved.</summary>
    void End(RegisterProgram observer, GroupId group)
    {
    }

    /// <summary>The run is over; faults have long been mended.</summary>
    void Conclude()
    {
    }
}
