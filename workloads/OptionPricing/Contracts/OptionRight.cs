namespace GridVolunteer.Workloads.OptionPricing.Contracts;

/// <summary>Which side of the strike pays.</summary>
public enum OptionRight
{
    /// <summary>Above it.</summary>
    Call,

    /// <summary>Below it.</summary>
    Put,
}
