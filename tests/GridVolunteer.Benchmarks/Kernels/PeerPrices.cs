namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>Prices of several laps, weighted by their work.</summary>
internal sealed class PeerPrices
{
    private double _work;
    private double _sum;
    private double _variance;

    /// <summary>The price by all of them.</summary>
    public PriceFigure Together => new(_sum / _work, Math.Sqrt(_variance) / _work);

    /// <summary>Takes in what a lap found.</summary>
    public void Add(PriceFigure price, double work)
    {
        _work += work;
        _sum += price.Price * work;
        _variance += price.StandardError * price.StandardError * work * work;
    }
}
