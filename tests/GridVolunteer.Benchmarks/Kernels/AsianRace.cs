using System.Globalization;
using GridVolunteer.Workloads.OptionPricing.Contracts;
using GridVolunteer.Workloads.OptionPricing.Sampling;

namespace GridVolunteer.Benchmarks.Kernels;

/// <summary>
/// An arithmetic Asian call at the money: 252 daily fixings, rate 5 %, volatility 20 %. The prices of all
/// contenders have to agree.
/// </summary>
/// <param name="race">How it is run.</param>
/// <param name="quantLib">The peer; null when it is not there.</param>
/// <param name="plainC">C without a library; null when there is no compiler.</param>
internal sealed class AsianRace(Race race, PeerProgram? quantLib, PeerProgram? plainC)
{
    private const string Ours = "OptionPricing";
    private const string Antithetic = "OptionPricing, antithetic";
    private const int Fixings = 252;
    private const int LaneBits = 64;
    private const double StandardErrorsMax = 4;

    private static readonly Contract Asian = new()
    {
        Name = "Asian",
        Kind = ContractKind.ArithmeticAsian,
        Right = OptionRight.Call,
        Strike = 100,
        MaturityYears = Fixings / 365.0,
        Rate = 0.05,
        Assets = [new Asset(100, 0.2, 0)],
        Fixings = Fixings,
    };

    private readonly Dictionary<string, PeerPrices> _peerPrices = new(StringComparer.Ordinal);
    private int _seed;

    /// <summary>The peer's name and version, once it has run.</summary>
    public string? PeerVersion { get; private set; }

    /// <summary>Runs the race.</summary>
    /// <exception cref="InvalidOperationException">Prices differ.</exception>
    public async Task<OptionFigures> RunAsync(CancellationToken cancellationToken)
    {
        var simple = new SamplingOptions(Seed: 1, Antithetic: false, ControlVariate: false);
        var plain = new TimedSampling(Asian, simple, LaneWidths.Fastest);
        var antithetic = new TimedSampling(Asian, new SamplingOptions(2, true, true), LaneWidths.Fastest);
        var narrower = Enum.GetValues<LaneWidth>()
            .Where(width => width > LaneWidth.One && width < LaneWidths.Fastest)
            .ToDictionary(width => (int)width * LaneBits, width => new TimedSampling(Asian, simple, width));
        Contender[] contenders =
        [
            Own(Ours, plain),
            .. narrower.Select(pair => Own(NameAt(pair.Key), pair.Value)),
            Own(Antithetic, antithetic),
            .. Peers(quantLib, "QuantLib", "engine", "paths"),
            .. Peers(plainC, "plain C", "philox", "ziggurat"),
        ];
        var rates = await race.RunAsync(contenders, cancellationToken);
        var prices = new Dictionary<string, PriceFigure>(StringComparer.Ordinal)
        {
            [Ours] = plain.Price,
            [Antithetic] = antithetic.Price,
        };
        foreach (var (name, found) in _peerPrices)
        {
            prices[name] = found.Together;
        }

        CheckPrices(prices);
        var ours = Figure.Of(rates, Ours)!.Value;
        return new OptionFigures
        {
            AsianPathStepsPerSecond = ours,
            AsianPathStepsPerSecondByVectorBits = narrower.Keys.OrderDescending()
                .Select(bits => KeyValuePair.Create(bits, Figure.Of(rates, NameAt(bits))!.Value))
                .Prepend(new((int)LaneWidths.Fastest * LaneBits, ours)).ToDictionary(),
            AsianControlledPathStepsPerSecond = Figure.Of(rates, Antithetic)!.Value,
            QuantLibPathStepsPerSecond = Figure.Of(rates, "QuantLib, engine"),
            QuantLibPathGeneratorStepsPerSecond = Figure.Of(rates, "QuantLib, paths"),
            PlainCPhiloxStepsPerSecond = Figure.Of(rates, "plain C, philox"),
            PlainCZigguratStepsPerSecond = Figure.Of(rates, "plain C, ziggurat"),
            Prices = prices,
        };
    }

    private static string NameAt(int bits) => $"{Ours}, {bits} bits";

    private static Contender Own(string name, TimedSampling sampling) =>
        new(name, (seconds, cancellation) => Task.FromResult(sampling.Run(seconds, cancellation)))
        {
            IsCompiledAsItRuns = true,
        };

    private IEnumerable<Contender> Peers(PeerProgram? program, string name, params string[] ways) =>
        from way in program is null ? [] : ways
        let full = $"{name}, {way}"
        select new Contender(
            full, (seconds, cancellation) => LapOfPeerAsync(program!, full, way, seconds, cancellation));

    private async Task<Lap> LapOfPeerAsync(
        PeerProgram program, string name, string way, double seconds, CancellationToken cancellationToken)
    {
        // A seed each, far apart, so that all laps together are one large sample.
        var seed = (++_seed * 1_000_003).ToString(CultureInfo.InvariantCulture);
        var output = await program.RunAsync([way, PeerProgram.Seconds(seconds), seed], "", cancellationToken);
        if (ReferenceEquals(program, quantLib))
        {
            PeerVersion = output.Version;
        }

        if (!_peerPrices.TryGetValue(name, out var prices))
        {
            _peerPrices[name] = prices = new PeerPrices();
        }

        prices.Add(new PriceFigure(output.Figures[0], output.Figures[1]), output.Lap.Work);
        return output.Lap;
    }

    private static void CheckPrices(Dictionary<string, PriceFigure> prices)
    {
        var ours = prices[Ours];
        foreach (var (name, found) in prices.Where(p => p.Key != Ours))
        {
            var error = double.Hypot(ours.StandardError, found.StandardError);
            if (!(Math.Abs(found.Price - ours.Price) <= StandardErrorsMax * error))
            {
                throw new InvalidOperationException(
                    $"The price is {ours.Price:F5}, but {found.Price:F5} by {name}: "
                    + $"more than {StandardErrorsMax} standard errors of {error:F5}.");
            }
        }
    }
}
