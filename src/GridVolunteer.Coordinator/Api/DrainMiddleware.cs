using GridVolunteer.Coordinator.Hosting;
using Microsoft.AspNetCore.Http;

namespace GridVolunteer.Coordinator.Api;

/// <summary>
/// While the service drains, each answer closes its connection, so that the next request finds its way to who
/// stays.
/// </summary>
/// <param name="next">The rest.</param>
/// <param name="sign">Whether it drains.</param>
public sealed class DrainMiddleware(RequestDelegate next, DrainSign sign)
{
    /// <summary>Handles one request.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (sign.IsUp)
        {
            // Late, as a problem that is written in place of an answer clears the headers.
            context.Response.OnStarting(Close, context.Response);
        }

        return next(context);
    }

    private static Task Close(object response)
    {
        ((HttpResponse)response).Headers.Connection = "close";
        return Task.CompletedTask;
    }
}
