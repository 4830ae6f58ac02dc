using GridVolunteer.Workloads.OptionPricing.Contracts;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Sampling;

/// <summary>Contracts of every kind, with numbers unlike each other so that mix-ups show.</summary>
internal static class SampledContracts
{
    public static IReadOnlyList<Contract> All { get; } =
    [
        One("European call", ContractKind.European, OptionRight.Call),
        One("European put", ContractKind.European, OptionRight.Put),
        One("Asian call", ContractKind.ArithmeticAsian, OptionRight.Call) with { Fixings = 13 },
        One("Asian put", ContractKind.ArithmeticAsian, OptionRight.Put) with { Fixings = 150 },
        One("Asian of one fixing", ContractKind.ArithmeticAsian, OptionRight.Call),
        One("Geometric call", ContractKind.GeometricAsian, OptionRight.Call) with { Fixings = 12 },
        One("Geometric put", ContractKind.GeometricAsian, OptionRight.Put) with { Fixings = 131 },
        Barrier("Up and out", BarrierKind.UpAndOut, OptionRight.Call, 130, 10),
        Barrier("Up and in", BarrierKind.UpAndIn, OptionRight.Put, 115, 11),
        Barrier("Down and out", BarrierKind.DownAndOut, OptionRight.Call, 92, 140),
        Barrier("Down and in", BarrierKind.DownAndIn, OptionRight.Put, 88, 4),
        Basket("Basket call", OptionRight.Call, 98, 0.5, 0.3, 0.2),
        Basket("Basket put", OptionRight.Put, 98, 0.25, 0.45, 0.3),
        Basket("Spread", OptionRight.Call, 5, 1, -0.4, -0.5),
    ];

    public static TheoryData<string> Names => [.. All.Select(contract => contract.Name)];

    public static Contract Named(string name) =>
        All.Single(contract => string.Equals(contract.Name, name, StringComparison.Ordinal));

    public static Contract One(string name, ContractKind kind, OptionRight right) => new()
    {
        Name = name,
        Kind = kind,
        Right = right,
        Strike = 97,
        MaturityYears = 0.75,
        Rate = 0.045,
        Assets = [new Asset(101, 0.27, 0.015)],
    };

    private static Contract Barrier(
        string name, BarrierKind kind, OptionRight right, double barrier, int fixings) =>
        One(name, ContractKind.Barrier, right) with
        {
            Barrier = barrier,
            BarrierKind = kind,
            Fixings = fixings,
        };

    private static Contract Basket(string name, OptionRight right, double strike, params double[] weights) =>
        One(name, ContractKind.Basket, right) with
        {
            Strike = strike,
            Assets =
            [
                new Asset(101, 0.27, 0.015, weights[0]),
                new Asset(83, 0.19, 0.03, weights[1]),
                new Asset(120, 0.41, 0, weights[2]),
            ],
            CorrelationFactor = [1, 0.6, 0.8, -0.2, 0.4, Math.Sqrt(0.8)],
        };
}
