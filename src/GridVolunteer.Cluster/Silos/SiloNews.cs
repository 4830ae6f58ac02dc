using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using GridVolunteer.Coordinator.Engine;
using GridVolunteer.Coordinator.Hosting;
using GridVolunteer.Protocol.Events;
using GridVolunteer.Protocol.Ids;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace GridVolunteer.Cluster.Silos;

/// <summary>
/// Carries what happens on one silo to the readers and brokers of all, through Redis' publish and subscribe:
/// what happens while a message is on its way goes with the next one. Nothing rests on it: brokers ask anew
/// each second, and readers of the event stream are told of a gap when a connection broke. Safe for concurrent
/// use.
/// </summary>
internal sealed class SiloNews : IEventSink, IBrokerFeed, IAsyncDisposable
{
    /// <summary>What may wait to be told; beyond it the oldest is dropped, and readers are told of a gap.</summary>
    private const int WaitingMax = 65536;

    private const int ItemsPerMessageMax = 1024;

    /// <summary>
    /// How long events wait for more, so that what a busy silo tells is a few messages a second, however many
    /// exchanges it serves. Jobs and shards that changed do not wait, and take along what does.
    /// </summary>
    private static readonly TimeSpan EventsGathered = TimeSpan.FromMilliseconds(50);

    private readonly BackendServices _services;
    private readonly HeardEvents _heard;
    private readonly ISubscriber _redis;
    private readonly RedisChannel _channel;
    private readonly byte[] _sender;
    private readonly ILogger _logger;
    private readonly Channel<object> _waiting;
    private readonly SemaphoreSlim _pressing = new(0, 1);
    private int _isPressed;
    private Task _loop = Task.CompletedTask;

    /// <summary>News of a silo; silent until started.</summary>
    public SiloNews(BackendServices services, ISubscriber redis, string clusterId, string silo)
    {
        _services = services;
        _heard = new HeardEvents(services.Ring, services.Clock);
        _redis = redis;
        _sender = Encoding.UTF8.GetBytes(silo + "\n"); // Stands before each message.
        _channel = RedisChannel.Literal($"gridvolunteer:{clusterId}:news");
        _logger = services.Loggers.CreateLogger<SiloNews>();
        _waiting = Channel.CreateBounded<object>(
            new BoundedChannelOptions(WaitingMax) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => { });
    }

    /// <summary>Begins to listen and to tell.</summary>
    public async Task StartAsync()
    {
        await _redis.SubscribeAsync(_channel, (_, message) => Hear(message));
        _redis.Multiplexer.ConnectionRestored += OnRestored;
        _loop = RunAsync();
    }

    /// <inheritdoc/>
    public void Publish(IReadOnlyList<GridEvent> events)
    {
        _services.Events.Publish(events);
        foreach (var happened in events)
        {
            _waiting.Writer.TryWrite(happened);
        }
    }

    /// <inheritdoc/>
    public void JobChanged(JobId job)
    {
        _services.Broker.JobChanged(job);
        Press(job);
    }

    /// <inheritdoc/>
    public void WorkAppeared(ShardId shard)
    {
        _services.Broker.WorkAppeared(shard);
        Press(shard);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _redis.Multiplexer.ConnectionRestored -= OnRestored;
        _waiting.Writer.TryComplete();
        await _loop;
        _pressing.Dispose();
    }

    private void Press(object item)
    {
        _waiting.Writer.TryWrite(item);
        if (Interlocked.Exchange(ref _isPressed, 1) == 0)
        {
            _pressing.Release();
        }
    }

    private async Task RunAsync()
    {
        while (await _waiting.Reader.WaitToReadAsync())
        {
            if (_waiting.Reader.Count < ItemsPerMessageMax && await _pressing.WaitAsync(EventsGathered))
            {
                Volatile.Write(ref _isPressed, 0);
            }

            var items = new List<object>();
            while (items.Count < ItemsPerMessageMax && _waiting.Reader.TryRead(out var item))
            {
                items.Add(item);
            }

            await TellAsync(
                new News([.. items.OfType<JobId>().Distinct()], [.. items.OfType<ShardId>().Distinct()]),
                [.. items.OfType<GridEvent>()]);
        }
    }

    private async Task TellAsync(News news, GridEvent[] events)
    {
        try
        {
            await _redis.PublishAsync(_channel, Pack(news, events));
        }
        catch (Exception e) when (e is RedisException or TimeoutException or ObjectDisposedException)
        {
            SiloLog.NewsFailed(_logger, e.Message); // Recovered: see the class.
        }
    }

    private byte[] Pack(News news, GridEvent[] events)
    {
        var output = new ArrayBufferWriter<byte>(4096);
        output.Write(_sender);
        using var writer = new Utf8JsonWriter(output);
        JsonSerializer.Serialize(writer, news, NewsJson.Default.News);
        writer.Flush();
        output.Write("\n"u8); // JSON has none.
        if (events.Length > 0)
        {
            writer.Reset();
            JsonSerializer.Serialize(writer, events, NewsJson.Default.GridEventArray);
            writer.Flush();
        }

        return output.WrittenSpan.ToArray();
    }

    private void Hear(RedisValue message)
    {
        // Redis tells everybody, and most of what a busy silo hears is its own: not even read.
        var bytes = ((ReadOnlyMemory<byte>)message).Span;
        if (bytes.StartsWith(_sender))
        {
            return;
        }

        try
        {
            var body = bytes[(bytes.IndexOf((byte)'\n') + 1)..];
            var end = body.IndexOf((byte)'\n');
            if (end > 0 && JsonSerializer.Deserialize(body[..end], NewsJson.Default.News) is { } news)
            {
                _heard.Take(body[(end + 1)..]);
                foreach (var job in news.Jobs)
                {
                    _services.Broker.JobChanged(job);
                }

                foreach (var shard in news.Shards)
                {
                    _services.Broker.WorkAppeared(shard);
                }
            }
        }
        catch (JsonException e)
        {
            SiloLog.NewsFailed(_logger, e.Message); // Refused: a silo of another version, perhaps.
        }
    }

    private void OnRestored(object? sender, ConnectionFailedEventArgs e)
    {
        if (e.ConnectionType == ConnectionType.Subscription)
        {
            _services.Ring.Publish([new GridEvent { Kind = "gap", At = _services.Clock.GetUtcNow() }]);
        }
    }
}
