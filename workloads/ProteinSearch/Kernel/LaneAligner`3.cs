using System.Numerics;
using System.Runtime.CompilerServices;
using GridVolunteer.Workloads.ProteinSearch.Alignment;

namespace GridVolunteer.Workloads.ProteinSearch.Kernel;

/// <summary>The aligner for one kind of vectors.</summary>
internal sealed unsafe class LaneAligner<TSimd, TVector, TScore> : LaneAligner
    where TSimd : ISimd<TVector, TScore>
    where TVector : unmanaged
    where TScore : unmanaged, IBinaryInteger<TScore>, IMinMaxValue<TScore>
{
    private const int Columns = LaneReader.Columns;
    private const int Best = ColumnKernel<TSimd, TVector, TScore>.Best;

    /// <summary>Rows between two looks at the cancellation: two million cells at most.</summary>
    private const int RowsPerPass = 4096;

    private readonly LaneReader _reader = new(sizeof(TVector) / sizeof(TScore), sizeof(TVector));
    private readonly AlignedBuffer _gains = new(QueryProfile.Codes * Columns * sizeof(TVector));
    private readonly AlignedBuffer _state = new(
        ColumnKernel<TSimd, TVector, TScore>.StateVectors * sizeof(TVector));
    private readonly AlignedBuffer _limit = new(sizeof(TVector));
    private readonly LaneScore[] _left = new LaneScore[sizeof(TVector) / sizeof(TScore)];
    private readonly int _zero = sizeof(TScore) == sizeof(int) ? 0 : int.CreateChecked(TScore.MinValue);
    private AlignedBuffer _border = new(0);
    private QueryProfile? _query;
    private bool _isBeginning;

    public override int Lanes => _left.Length;

    public override int Taken => _reader.Taken.Length;

    public override int ScoreLimit => int.CreateChecked(TScore.MaxValue) - _zero;

    public override IEnumerable<int> Ids => _reader.Taken.ToArray().Select(_reader.IdOf);

    public override void Begin(QueryProfile query)
    {
        var borderBytes = checked(query.Length * 2 * sizeof(TVector));
        if (_border.SizeBytes < borderBytes)
        {
            _border = new AlignedBuffer(borderBytes);
        }

        _query = query;
        _reader.Clear();

        // Lanes that stay empty never get above 0 either.
        *(TVector*)_limit.Start = TSimd.Zero;
        ((TVector*)_state.Start)[Best] = TSimd.Zero;
        _isBeginning = true;
    }

    public override void Admit(int id, byte[] residues)
    {
        var lane = _reader.Admit(id, residues);
        var zero = TScore.CreateTruncating(_zero);
        ((TScore*)_limit.Start)[lane] = zero;
        ((TScore*)((TVector*)_state.Start + Best))[lane] = zero;
        _isBeginning = true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override ReadOnlySpan<LaneScore> Advance(CancellationToken cancellationToken)
    {
        _reader.Read();
        FillGains();
        RunRows(cancellationToken);
        if (_isBeginning)
        {
            _isBeginning = false;
            *(TVector*)_limit.Start = TSimd.Fill(TScore.MaxValue);
        }

        return Leave();
    }

    /// <summary>For each residue of the query its scores against the block.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillGains()
    {
        var gains = (TVector*)_gains.Start;
        var codes = _reader.Codes;
        foreach (var residue in _query!.Distinct)
        {
            var row = GainTable.RowOf(residue);
            for (var column = 0; column < Columns; column++)
            {
                gains[(residue * Columns) + column] = TSimd.LookUp(codes + (column * sizeof(TVector)), row);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RunRows(CancellationToken cancellationToken)
    {
        var state = (TVector*)_state.Start;
        for (var i = 0; i < Best; i++)
        {
            state[i] = TSimd.Zero;
        }

        var open = TSimd.Fill(TScore.CreateTruncating(GapCosts.First));
        var extend = TSimd.Fill(TScore.CreateTruncating(GapCosts.Next));
        var query = _query!;
        var gains = (TVector*)_gains.Start;
        for (var row = 0; row < query.Length; row += RowsPerPass)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var start = query.Start + row;
            var rows = Math.Min(RowsPerPass, query.Length - row);
            var border = (TVector*)_border.Start + (2L * row);
            if (_isBeginning)
            {
                ColumnKernel<TSimd, TVector, TScore>.PassBeginning(
                    start, rows, gains, border, state, open, extend, *(TVector*)_limit.Start);
            }
            else
            {
                ColumnKernel<TSimd, TVector, TScore>.Pass(start, rows, gains, border, state, open, extend);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ReadOnlySpan<LaneScore> Leave()
    {
        var count = 0;
        foreach (var lane in _reader.Ended)
        {
            _left[count++] = Leave(lane);
        }

        if (TSimd.AnyEquals(((TVector*)_state.Start)[Best], TSimd.Fill(TScore.MaxValue)))
        {
            var taken = _reader.Taken;
            for (var i = taken.Length - 1; i >= 0; i--)
            {
                if (((TScore*)((TVector*)_state.Start + Best))[taken[i]] == TScore.MaxValue)
                {
                    _left[count++] = Leave(taken[i]);
                }
            }
        }

        return _left.AsSpan(0, count);
    }

    private LaneScore Leave(int lane)
    {
        var best = int.CreateTruncating(((TScore*)((TVector*)_state.Start + Best))[lane]);
        var left = new LaneScore(_reader.IdOf(lane), best - _zero);
        _reader.Release(lane);
        return left;
    }
}
