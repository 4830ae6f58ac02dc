namespace GridVolunteer.Workloads.OptionPricing.Sampling;

/// <summary>How many paths are walked at once, a lane each. It decides the speed and nothing else.</summary>
public enum LaneWidth
{
    /// <summary>No vectors.</summary>
    One = 1,

    /// <summary>Vectors of 128 bits.</summary>
    Two = 2,

    /// <summary>Vectors of 256 bits.</summary>
    Four = 4,

    /// <summary>Vectors of 512 bits.</summary>
    Eight = 8,
}
