using GridVolunteer.Groups.FailureDetection;

namespace GridVolunteer.Simulation.Detection;

/// <summary>Watches a run of detectors for one thing that must hold. It sees what no detector can.</summary>
internal interface IDetectorChecker
{
    /// <summary>A detector said something.</summary>
    void Observe(int observer, MembershipEvent happened)
    {
    }

    /// <summary>A second has passed.</summary>
    void Sample()
    {
    }

    /// <summary>The run is over; faults have long been mended.</summary>
    void Conclude()
    {
    }
}
