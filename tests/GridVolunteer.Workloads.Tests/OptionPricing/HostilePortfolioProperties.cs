using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using GridVolunteer.Sdk;
using GridVolunteer.Workloads.OptionPricing.Portfolios;

namespace GridVolunteer.Workloads.Tests.OptionPricing;

/// <summary>Whatever bytes a file has, it is a portfolio or refused with words.</summary>
public sealed class HostilePortfolioProperties
{
    private static readonly byte[][] Seeds =
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "OptionPricing", "sample"), "portfolio.*")
            .Order().Select(File.ReadAllBytes),
    ];

    [Property(MaxTest = 300)]
    public bool ArbitraryBytes_AreReadOrRefused(byte[] bytes) => IsReadOrRefused(bytes);

    [Property(MaxTest = 300)]
    public bool ArbitraryText_AfterABrace_IsReadOrRefused(NonNull<string> text) =>
        IsReadOrRefused(System.Text.Encoding.UTF8.GetBytes("{" + text.Get));

    [Property(MaxTest = 1000)]
    public Property SamplesWithSomeBytesChanged_AreReadOrRefused() =>
        Prop.ForAll(Mutations(), change => IsReadOrRefused(change.Apply()));

    private static Arbitrary<Mutation> Mutations() => Arb.From(
        from seed in Gen.Choose(0, Seeds.Length - 1)
        from places in Gen.Choose(0, Seeds[seed].Length - 1).ListOf(3)
        from value in Gen.Elements(",;\"\n{}[]:-.019eNa \0é".ToCharArray())
        select new Mutation(seed, [.. places], (byte)value));

    private static bool IsReadOrRefused(byte[] bytes)
    {
        try
        {
            return PortfolioReader.Read(bytes, "portfolio").Positions.Count > 0;
        }
        catch (WorkloadException e)
        {
            return e.Message.StartsWith("The input 'portfolio' ", StringComparison.Ordinal) && e.Message.Length < 10_000;
        }
    }

    public sealed record Mutation(int Seed, IReadOnlyList<int> Places, byte Value)
    {
        public byte[] Apply()
        {
            var bytes = Seeds[Seed].ToArray();
            foreach (var place in Places)
            {
                bytes[place] = Value;
            }

            return bytes;
        }
    }
}
