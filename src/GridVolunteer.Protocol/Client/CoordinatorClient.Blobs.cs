using System.Net;
using System.Net.Http.Headers;
using GridVolunteer.Protocol.Blobs;

namespace GridVolunteer.Protocol.Client;

/// <content>Blobs, and whatever else is downloaded as bytes.</content>
public sealed partial class CoordinatorClient
{
    /// <summary>How often in a row a broken download is resumed without a single new byte.</summary>
    private const int BarrenResumesMax = 3;

    /// <summary>The slowest transfer that is waited for.</summary>
    private const double SlowestBytesPerSecond = 16 * 1024;

    private const int CopyBufferSizeBytes = 128 * 1024;

    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Which of <paramref name="blobs"/> (at most 10,000) the coordinator lacks, in the order asked.
    /// </summary>
    public async Task<IReadOnlyList<BlobId>> MissingBlobsAsync(
        IReadOnlyList<BlobId> blobs, CancellationToken cancellationToken)
    {
        var answer = await PostAsync(
            ApiRoutes.MissingBlobs, new MissingRequest(blobs), Json.MissingRequest, Json.MissingAnswer,
            cancellationToken);
        return answer.Missing;
    }

    /// <summary>
    /// Uploads a blob. <paramref name="open"/> opens its bytes from the start and may be called again when a
    /// token is renewed. The coordinator checks the hash and refuses bytes that do not match.
    /// </summary>
    public async Task UploadBlobAsync(BlobId blob, Func<Stream> open, CancellationToken cancellationToken)
    {
        var limit = CallLimit + TimeSpan.FromSeconds(blob.LengthBytes / SlowestBytesPerSecond);
        using var timer = new CancellationTokenSource(limit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using var response = await SendAsync(Put, linked.Token);
        }
        catch (Exception fault) when (IsTransport(fault, cancellationToken))
        {
            throw Unreachable(fault);
        }

        HttpRequestMessage Put()
        {
            var content = new StreamContent(open(), CopyBufferSizeBytes);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            content.Headers.ContentLength = blob.LengthBytes;
            return new HttpRequestMessage(HttpMethod.Put, Address(ApiRoutes.Blob(blob))) { Content = content };
        }
    }

    /// <summary>
    /// Writes the blob's bytes to <paramref name="destination"/> and checks their hash; a broken connection
    /// is resumed by range. To go on with an earlier part, give the hasher that took it in: the bytes behind
    /// it are fetched.
    /// </summary>
    /// <exception cref="BlobMismatchException">The bytes are not the blob; what was written is
    /// worthless.</exception>
    public async Task DownloadBlobAsync(
        BlobId blob, Stream destination, CancellationToken cancellationToken, BlobHasher? part = null)
    {
        var hasher = part ?? new BlobHasher();
        if (hasher.LengthBytes < blob.LengthBytes)
        {
            await DownloadAsync(
                ApiRoutes.Blob(blob), destination, hasher.LengthBytes, cancellationToken, (blob, hasher));
        }

        var got = hasher.Finish();
        if (got != blob)
        {
            throw new BlobMismatchException(blob, got);
        }
    }

    /// <summary>Answers the position after the last byte written.</summary>
    private async Task<long> DownloadAsync(
        string route, Stream destination, long from, CancellationToken cancellation,
        (BlobId Blob, BlobHasher Hasher)? check = null)
    {
        var lengthMax = check?.Blob.LengthBytes ?? long.MaxValue;
        var position = from;
        var barren = 0;
        while (true)
        {
            var before = position;
            try
            {
                using var timer = new CancellationTokenSource(StallLimit, _time);
                using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
                using var response = await SendAsync(() => Ranged(route, before), linked.Token);
                CheckRange(response, before);
                await using var body = await response.Content.ReadAsStreamAsync(linked.Token);
                var buffer = new byte[CopyBufferSizeBytes];
                while (await body.ReadAsync(buffer, linked.Token) is var read and > 0)
                {
                    if (read > lengthMax - position)
                    {
                        throw new CoordinatorUnreachableException(
                            $"{route} has more bytes than its name says.");
                    }

                    timer.CancelAfter(StallLimit);
                    check?.Hasher.Append(buffer.AsSpan(0, read));
                    await destination.WriteAsync(buffer.AsMemory(0, read), cancellation);
                    position += read;
                }

                return position;
            }
            catch (Exception fault) when (IsTransport(fault, cancellation))
            {
                barren = position > before ? 0 : barren + 1;
                if (barren >= BarrenResumesMax || (position == from && fault is HttpRequestException))
                {
                    throw Unreachable(fault);
                }
            }
        }
    }

    private HttpRequestMessage Ranged(string route, long from)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, Address(route));
        if (from > 0)
        {
            request.Headers.Range = new RangeHeaderValue(from, null);
        }

        return request;
    }

    private static void CheckRange(HttpResponseMessage response, long from)
    {
        var honoured = from == 0
            ? response.StatusCode == HttpStatusCode.OK
            : response.StatusCode == HttpStatusCode.PartialContent
                && response.Content.Headers.ContentRange?.From == from;
        if (!honoured)
        {
            throw new CoordinatorUnreachableException(
                $"The coordinator answered {(int)response.StatusCode} without the range that was asked for.");
        }
    }
}
