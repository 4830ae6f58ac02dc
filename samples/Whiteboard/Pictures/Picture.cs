using System.IO.Compression;
using System.Text.Json;

namespace Whiteboard.Pictures;

/// <summary>
/// The picture at one participant. It changes only by what the group delivers. Strokes come in causal order, which differs
/// between participants; wipes come in one order. That all pictures end the same rests on two rules: a stroke belongs
/// between two wipes and counts nowhere else, whenever it arrives; and strokes are painted by their depth, not by their
/// arrival.
/// </summary>
internal sealed class Picture
{
    public const int WidthUnits = 1_600;
    public const int HeightUnits = 1_000;

    private const int PointsMax = 400_000;
    private const int PiecePointsMax = 1_024;
    private const int PenWidthMax = 64;
    private const int AheadMax = 1_000;

    private readonly List<Piece> _ahead = [];
    private int _points;

    public PictureState State { get; private set; } = new();

    /// <summary>The depth of a stroke that is begun now.</summary>
    public long NextDepth => State.Strokes.Count == 0 ? 1 : State.Strokes[^1].Depth + 1;

    /// <summary>True for what a page may send; others' messages are held to it too.</summary>
    public static bool IsValid(Piece piece) =>
        piece.Stroke is { Length: > 0 and <= 64 }
        && piece.Color is { Length: 7 } color && color[0] == '#' && color[1..].All(char.IsAsciiHexDigit)
        && piece.Width is >= 1 and <= PenWidthMax
        && piece.Points is { Length: >= 2 and <= PiecePointsMax } && piece.Points.Length % 2 == 0
        && piece.Points.Index().All(p => p.Item >= 0 && p.Item <= (p.Index % 2 == 0 ? WidthUnits : HeightUnits));

    /// <summary>Adds a piece of a stroke; false when there is nothing to paint for it.</summary>
    public bool Add(Piece piece)
    {
        if (piece.Wipes > State.Wipes)
        {
            if (_ahead.Count < AheadMax)
            {
                _ahead.Add(piece);
            }

            return false;
        }

        if (piece.Wipes < State.Wipes || _points + piece.Points.Length > PointsMax)
        {
            return false;
        }

        var stroke = State.Strokes.Find(s => s.Id == piece.Stroke);
        if (stroke is null)
        {
            stroke = new Stroke
            {
                Id = piece.Stroke,
                Depth = piece.Depth,
                Color = piece.Color,
                Width = piece.Width,
            };
            var above = State.Strokes.FindIndex(s => IsAbove(s, stroke));
            State.Strokes.Insert(above < 0 ? State.Strokes.Count : above, stroke);
        }

        stroke.Points.AddRange(piece.Points);
        _points += piece.Points.Length;
        return true;
    }

    /// <summary>Wipes the board; what was drawn after it and came before it is there now.</summary>
    public void Wipe()
    {
        State.Wipes++;
        State.Strokes.Clear();
        _points = 0;
        var ahead = _ahead.ToArray();
        _ahead.Clear();
        foreach (var piece in ahead)
        {
            Add(piece);
        }
    }

    /// <summary>Begins anew, with nothing.</summary>
    public void Reset() => Replace(new PictureState());

    /// <summary>The picture, for one that joins.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(packed, State, BoardJson.Default.PictureState);
        }

        return bytes.ToArray();
    }

    /// <summary>Takes over a picture.</summary>
    public void Take(ReadOnlyMemory<byte> bytes)
    {
        using var packed = new BrotliStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        Replace(JsonSerializer.Deserialize(packed, BoardJson.Default.PictureState) ?? new PictureState());
    }

    private void Replace(PictureState state)
    {
        State = state;
        _ahead.Clear();
        _points = state.Strokes.Sum(s => s.Points.Count);
    }

    private static bool IsAbove(Stroke one, Stroke other) =>
        one.Depth != other.Depth
            ? one.Depth > other.Depth
            : string.CompareOrdinal(one.Id, other.Id) > 0;
}
