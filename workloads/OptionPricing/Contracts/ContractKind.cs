namespace GridVolunteer.Workloads.OptionPricing.Contracts;

/// <summary>What a contract pays on.</summary>
public enum ContractKind
{
    /// <summary>The price at maturity.</summary>
    European,

    /// <summary>The arithmetic mean of the fixings.</summary>
    ArithmeticAsian,

    /// <summary>The geometric mean of the fixings.</summary>
    GeometricAsian,

    /// <summary>The price at maturity, if the fixings have or have not crossed a barrier.</summary>
    Barrier,

    /// <summary>The weighted sum of several correlated assets' prices at maturity.</summary>
    Basket,
}
