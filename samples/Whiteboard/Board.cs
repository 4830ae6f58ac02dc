using System.Text.Json;
using GridVolunteer.Groups;
using GridVolunteer.Groups.Hosting;
using GridVolunteer.Groups.Ordering;
using Whiteboard.Pages;
using Whiteboard.Pictures;

namespace Whiteboard;

/// <summary>
/// A board as one participant sees it: the group behind it, the picture, and the pages that show it. Strokes are sent as
/// <see cref="Delivery.Causal"/>: at once, and never before what their author had seen. A wipe is sent as
/// <see cref="Delivery.Total"/>: all agree how often the board was wiped.
/// </summary>
internal sealed class Board(string name)
{
    /// <summary>A stroke under way keeps its depth, and the wipes it was begun after; older ones are forgotten.</summary>
    private const int StrokesUnderWayMax = 16;

    private readonly Lock _lock = new();
    private readonly Picture _picture = new();
    private readonly LiveFeed _feed = new();
    private readonly Queue<(string Stroke, long Depth, int Wipes)> _underWay = new();
    private GroupNode _node = null!;
    private Group _group = null!;

    public async Task JoinAsync(GroupNode node, string board, CancellationToken cancellationToken)
    {
        _node = node;
        _group = await node.JoinAsync(
            board,
            GroupKind.Closed,
            new JoinOptions { ProvideState = Provide },
            cancellationToken);
    }

    /// <summary>Takes in what the group delivers, until it is over.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        await foreach (var update in _group.Events(cancellationToken))
        {
            lock (_lock)
            {
                Take(update);
            }

            if (update is GroupUpdate.ViewChanged view && view.Joined.Contains(_node.Id))
            {
                await SendAsync(new BoardMessage { Name = name }, Delivery.Causal, cancellationToken);
            }
        }
    }

    /// <summary>What a page sees from now on: first the whole picture.</summary>
    public LiveFeed.Reader Watch()
    {
        lock (_lock)
        {
            return _feed.Subscribe(WholePicture());
        }
    }

    /// <summary>Sends a piece of a stroke to all; false when it is none.</summary>
    public async Task<bool> DrawAsync(Piece piece, CancellationToken cancellationToken)
    {
        if (!Picture.IsValid(piece))
        {
            return false;
        }

        lock (_lock)
        {
            var begun = _underWay.FirstOrDefault(s => s.Stroke == piece.Stroke);
            if (begun.Stroke is null)
            {
                begun = (piece.Stroke, _picture.NextDepth, _picture.State.Wipes);
                _underWay.Enqueue(begun);
                if (_underWay.Count > StrokesUnderWayMax)
                {
                    _underWay.Dequeue();
                }
            }

            piece = piece with { Depth = begun.Depth, Wipes = begun.Wipes };
        }

        await SendAsync(new BoardMessage { Piece = piece }, Delivery.Causal, cancellationToken);
        return true;
    }

    /// <summary>Wipes the board for all.</summary>
    public Task WipeAsync(CancellationToken cancellationToken) =>
        SendAsync(new BoardMessage { Wipe = true }, Delivery.Total, cancellationToken);

    private ReadOnlyMemory<byte> Provide()
    {
        lock (_lock)
        {
            return _picture.ToBytes();
        }
    }

    private Task SendAsync(BoardMessage message, Delivery delivery, CancellationToken cancellationToken) =>
        _group.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(message, BoardJson.Default.BoardMessage), delivery, cancellationToken);

    private void Take(GroupUpdate update)
    {
        switch (update)
        {
            case GroupUpdate.Message message:
                Take(message);
                break;
            case GroupUpdate.ViewChanged view:
                if (view.State is { } state)
                {
                    _picture.Take(state);
                    _feed.Tell(WholePicture());
                }

                foreach (var gone in view.Gone)
                {
                    _picture.State.People.Remove($"{gone}");
                }

                _feed.Tell(People());
                break;
            case GroupUpdate.Interrupted:
                _picture.Reset();
                _feed.Tell(WholePicture());
                break;
        }
    }

    private void Take(GroupUpdate.Message message)
    {
        BoardMessage? said;
        try
        {
            said = JsonSerializer.Deserialize(message.Payload.Span, BoardJson.Default.BoardMessage);
        }
        catch (JsonException)
        {
            // Another program's: nothing to paint.
            return;
        }

        if (said?.Piece is { } piece && Picture.IsValid(piece))
        {
            if (_picture.Add(piece))
            {
                _feed.Tell(new PageEvent("piece", JsonSerializer.Serialize(piece, BoardJson.Default.Piece)));
            }
        }
        else if (said is { Wipe: true })
        {
            _picture.Wipe();
            _feed.Tell(WholePicture());
        }
        else if (said?.Name is { Length: > 0 } called)
        {
            _picture.State.People[$"{message.Sender}"] = called[..Math.Min(called.Length, 40)];
            _feed.Tell(People());
        }
    }

    private PageEvent WholePicture() =>
        new("picture", JsonSerializer.Serialize(_picture.State, BoardJson.Default.PictureState));

    private PageEvent People() => new(
        "people",
        JsonSerializer.Serialize(
            new Dictionary<string, string>(_picture.State.People), BoardJson.Default.DictionaryStringString));
}
