using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GridVolunteer.Protocol.About;
using GridVolunteer.Protocol.Json;

namespace GridVolunteer.Protocol.Client;

/// <summary>
/// API version 1 as typed calls; one file per subject. It decides nothing: no retries except one after a
/// refused token, and reconnects of streams. Every call throws <see cref="CoordinatorProblemException"/> when
/// the coordinator refuses,
/// <see cref="CoordinatorUnreachableException"/> when no usable answer comes, and
/// <see cref="OperationCanceledException"/> only when the caller cancels. Safe for concurrent use.
/// </summary>
public sealed partial class CoordinatorClient
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private static readonly string Version =
        ProtocolVersion.Current.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private readonly HttpClient _http;
    private readonly ITokenSource _tokens;
    private readonly TimeProvider _time;

    /// <summary>
    /// A client of the coordinator at <paramref name="coordinator"/> (scheme, host, port).
    /// <paramref name="http"/> stays the caller's; <see cref="CoordinatorHttp.Create"/> makes a fit one.
    /// </summary>
    public CoordinatorClient(HttpClient http, Uri coordinator, ITokenSource tokens, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(coordinator);
        _http = http;
        _tokens = tokens;
        _time = time;
        Coordinator = coordinator;
    }

    /// <summary>The coordinator's address.</summary>
    public Uri Coordinator { get; }

    private static ProtocolJson Json => ProtocolJson.Default;

    private Task<TAnswer> GetAsync<TAnswer>(
        string route, JsonTypeInfo<TAnswer> answer, CancellationToken cancellation) =>
        CallAsync(
            () => new HttpRequestMessage(HttpMethod.Get, Address(route)), answer, CallLimit, cancellation);

    private Task<TAnswer> PostAsync<TBody, TAnswer>(
        string route, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<TAnswer> answer,
        CancellationToken cancellation, TimeSpan? limit = null)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, bodyType);
        return CallAsync(() => JsonPost(route, bytes), answer, limit ?? CallLimit, cancellation);
    }

    private HttpRequestMessage JsonPost(string route, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return new HttpRequestMessage(HttpMethod.Post, Address(route)) { Content = content };
    }

    private async Task<TAnswer> CallAsync<TAnswer>(
        Func<HttpRequestMessage> request, JsonTypeInfo<TAnswer> answer, TimeSpan limit,
        CancellationToken cancellation)
    {
        using var timer = new CancellationTokenSource(limit, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellation);
        try
        {
            using var response = await SendAsync(request, linked.Token);
            await using var body = await response.Content.ReadAsStreamAsync(linked.Token);
            return await JsonSerializer.DeserializeAsync(body, answer, linked.Token)
                ?? throw new JsonException("The answer is null.");
        }
        catch (JsonException fault)
        {
            throw new CoordinatorUnreachableException(
                $"What answers at {Coordinator} does not speak this API: {fault.Message}", fault);
        }
        catch (Exception fault) when (IsTransport(fault, cancellation))
        {
            throw Unreachable(fault);
        }
    }

    /// <summary>
    /// Sends with token and version, tries once more with another token after a 401, and throws on any
    /// refusal.
    /// </summary>
    private async Task<HttpResponseMessage> SendAsync(
        Func<HttpRequestMessage> make, CancellationToken cancellation)
    {
        string? refused = null;
        while (true)
        {
            var token = await _tokens.GetAsync(refused, cancellation);
            using var request = make();
            request.Headers.TryAddWithoutValidation(ProtocolVersion.Header, Version);
            if (token is not null)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            var response = await _http.SendAsync(
                request, HttpCompletionOption.ResponseHeadersRead, cancellation);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                var mayRenew = response.StatusCode == HttpStatusCode.Unauthorized && token is not null
                    && refused is null;
                if (mayRenew && await _tokens.GetAsync(token, cancellation) != token)
                {
                    refused = token;
                    continue;
                }

                throw await ProblemReader.ReadAsync(response, cancellation);
            }
        }
    }

    private Uri Address(string route) => new(Coordinator, route);

    private static bool IsTransport(Exception fault, CancellationToken cancellation) =>
        fault is HttpRequestException or (
            IOException and not (FileNotFoundException or DirectoryNotFoundException))
        || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);

    private CoordinatorUnreachableException Unreachable(Exception fault) =>
        fault is OperationCanceledException
        ? new CoordinatorUnreachableException(
            $"The coordinator at {Coordinator} did not answer in time.", fault)
        : new CoordinatorUnreachableException(
            $"The coordinator at {Coordinator} cannot be reached: {fault.Message}", fault);
}
