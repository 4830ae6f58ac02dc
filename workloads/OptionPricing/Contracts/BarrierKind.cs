namespace GridVolunteer.Workloads.OptionPricing.Contracts;

/// <summary>Where a barrier lies and what crossing it does.</summary>
public enum BarrierKind
{
    /// <summary>Above the spot; crossing it ends the contract.</summary>
    UpAndOut,

    /// <summary>Above the spot; the contract pays only once it is crossed.</summary>
    UpAndIn,

    /// <summary>Below the spot; crossing it ends the contract.</summary>
    DownAndOut,

    /// <summary>Below the spot; the contract pays only once it is crossed.</summary>
    DownAndIn,
}
