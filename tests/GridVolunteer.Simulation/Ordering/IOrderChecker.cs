using GridVolunteer.Groups.Ordering;

namespace GridVolunteer.Simulation.Ordering;

/// <summary>Watches a run of ordered groups for one thing that must hold.</summary>
internal interface IOrderChecker
{
    /// <summary>A message was sent.</summary>
    void Send(OrderMessage sent)
    {
    }

    /// <summary>A member was told something; <paramref name="message"/> is what a message says, if it is one.</summary>
    void Observe(Membership membership, OrderedEvent happened, OrderMessage? message)
    {
    }

    /// <summary>The run is over; faults have long been mended.</summary>
    void Conclude()
    {
    }
}
