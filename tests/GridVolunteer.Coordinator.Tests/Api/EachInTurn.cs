namespace GridVolunteer.Coordinator.Tests.Api;

/// <summary>Sends each request to the next of several addresses.</summary>
internal sealed class EachInTurn(IReadOnlyList<Uri> addresses) : DelegatingHandler(new SocketsHttpHandler())
{
    private int _next;

    protected override Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var address = addresses[(int)((uint)Interlocked.Increment(ref _next) % addresses.Count)];
        request.RequestUri = new Uri(address, request.RequestUri!.PathAndQuery);
        return base.SendAsync(request, cancellationToken);
    }
}
