namespace GridVolunteer.Workloads.OptionPricing.Portfolios;

/// <summary>What a portfolio can say of a contract: a column of its CSV, a property in its JSON.</summary>
internal enum PortfolioField
{
    /// <summary>Tells it apart; default <c>contract-N</c>.</summary>
    Name,

    /// <summary><c>european</c>, <c>asian</c>, <c>barrier</c> or <c>basket</c>.</summary>
    Kind,

    /// <summary><c>call</c> or <c>put</c>.</summary>
    Right,

    /// <summary>In the unit of the spot.</summary>
    Strike,

    /// <summary>Years.</summary>
    Maturity,

    /// <summary>Price now; a list for a basket.</summary>
    Spot,

    /// <summary>Annual, as a fraction; a list for a basket.</summary>
    Volatility,

    /// <summary>Continuous, a year, as a fraction; a list for a basket.</summary>
    DividendYield,

    /// <summary>Risk-free, continuous, a year, as a fraction.</summary>
    Rate,

    /// <summary>Equally spaced ones, the last at maturity.</summary>
    Fixings,

    /// <summary>Of an Asian option: <c>arithmetic</c> or <c>geometric</c>.</summary>
    Average,

    /// <summary>The level, in the unit of the spot.</summary>
    Barrier,

    /// <summary>Which side it lies and what crossing it does.</summary>
    BarrierKind,

    /// <summary>Of a basket: a list.</summary>
    Weights,

    /// <summary>Of a basket: one for all pairs, the pairs' one by one, or the whole matrix.</summary>
    Correlation,

    /// <summary>How many are held; negative when sold.</summary>
    Quantity,

    /// <summary>The name of the asset; a list for a basket.</summary>
    Asset,
}
