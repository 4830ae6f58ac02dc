using GridVolunteer.Workloads.OptionPricing.Numerics;

namespace GridVolunteer.Workloads.Tests.OptionPricing.Numerics;

/// <summary>The functions at the width of <typeparamref name="TLanes"/>.</summary>
internal sealed class LaneFunctionsOfWidth<TLanes, TReal, TBits> : ILaneFunctions
    where TLanes : struct, ILanes<TReal, TBits>
    where TReal : struct
    where TBits : struct
{
    public double[] Exp2(double[] values) => Apply(values, LaneMath<TLanes, TReal, TBits>.Exp2);

    public double[] Exp2Bounded(double[] values) => Apply(values, LaneMath<TLanes, TReal, TBits>.Exp2Bounded);

    public double[] Log(double[] values) => Apply(values, LaneMath<TLanes, TReal, TBits>.Log);

    public double[] SineTurns(double[] values) => Apply(values, turns =>
    {
        LaneMath<TLanes, TReal, TBits>.SinCosTurns(turns, out var sine, out _);
        return sine;
    });

    public double[] CosineTurns(double[] values) => Apply(values, turns =>
    {
        LaneMath<TLanes, TReal, TBits>.SinCosTurns(turns, out _, out var cosine);
        return cosine;
    });

    public uint[] Philox(ulong seed, uint[] counters)
    {
        var key = PhiloxKey.FromSeed(seed);
        var drawn = new uint[counters.Length];
        var words = new ulong[4 * TLanes.Count];
        for (var first = 0; first < counters.Length; first += words.Length)
        {
            var lanes = Math.Min(TLanes.Count, (counters.Length - first) / 4);
            for (var i = 0; i < 4 * lanes; i++)
            {
                // Anything may stand in the upper halves.
                words[(i % 4 * TLanes.Count) + (i / 4)] = counters[first + i] | (0xABCDUL << 40);
            }

            var (a, b) = (TLanes.Load(in words[0]), TLanes.Load(in words[TLanes.Count]));
            var (c, d) = (TLanes.Load(in words[2 * TLanes.Count]), TLanes.Load(in words[3 * TLanes.Count]));
            Philox<TLanes, TReal, TBits>.Draw(in key, ref a, ref b, ref c, ref d);
            TLanes.Store(a, ref words[0]);
            TLanes.Store(b, ref words[TLanes.Count]);
            TLanes.Store(c, ref words[2 * TLanes.Count]);
            TLanes.Store(d, ref words[3 * TLanes.Count]);
            for (var i = 0; i < 4 * lanes; i++)
            {
                drawn[first + i] = (uint)words[(i % 4 * TLanes.Count) + (i / 4)];
            }
        }

        return drawn;
    }

    public double[] Normals(ulong seed, ulong firstSequence, int sequences, uint firstBlock, int blocks)
    {
        var key = PhiloxKey.FromSeed(seed);
        var normals = new double[2 * blocks * sequences];
        var buffer = new double[2 * blocks * TLanes.Count];
        for (var first = 0; first < sequences; first += TLanes.Count)
        {
            var numbers = TLanes.Add(TLanes.Word(firstSequence + (ulong)first), TLanes.LaneNumbers());
            var row = new DrawRow<TBits>(numbers, 0, firstBlock, 1, 7, blocks);
            NormalSource<TLanes, TReal, TBits>.Fill(in key, in row, ref buffer[0]);
            for (var lane = 0; lane < Math.Min(TLanes.Count, sequences - first); lane++)
            {
                for (var i = 0; i < 2 * blocks; i++)
                {
                    normals[((first + lane) * 2 * blocks) + i] = buffer[(i * TLanes.Count) + lane];
                }
            }
        }

        return normals;
    }

    private static double[] Apply(double[] values, Func<TReal, TReal> function)
    {
        // The last vector overlaps the one before where the lanes do not come out even.
        var results = new double[values.Length];
        for (var i = 0; i < values.Length; i += TLanes.Count)
        {
            var place = Math.Min(i, values.Length - TLanes.Count);
            TLanes.Store(function(TLanes.Load(in values[place])), ref results[place]);
        }

        return results;
    }
}
