using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GridVolunteer.Coordinator.Api;

/// <summary>Reads route and query values; a bad one is a problem that says how it should look.</summary>
public static class Binding
{
    /// <summary>The most items on one page of a listing.</summary>
    public const int PageItemsMax = 200;

    /// <summary>Items on a page unless asked otherwise.</summary>
    public const int PageItemsDefault = 50;

    /// <summary>An id from the route.</summary>
    /// <exception cref="BadHttpRequestException">It is malformed.</exception>
    public static TId Id<TId>(string text)
        where TId : struct, IParsable<TId>
    {
        try
        {
            return TId.Parse(text, CultureInfo.InvariantCulture);
        }
        catch (FormatException e)
        {
            // Refused: its message says how such an id looks.
            throw new BadHttpRequestException(e.Message, e);
        }
    }

    /// <summary>An id from the query, or null when it is absent.</summary>
    /// <exception cref="BadHttpRequestException">It is malformed.</exception>
    public static TId? OptionalId<TId>(string? text)
        where TId : struct, IParsable<TId> => string.IsNullOrEmpty(text) ? null : Id<TId>(text);

    /// <summary>A page's size.</summary>
    /// <exception cref="BadHttpRequestException">It is out of range.</exception>
    public static int PageSize(string? limit) =>
        (int)Number("limit", limit, 1, PageItemsMax, PageItemsDefault);

    /// <summary>A number from the query, or <paramref name="absent"/> when there is none.</summary>
    /// <exception cref="BadHttpRequestException">It is no number, out of range, or missing without a
    /// default.</exception>
    public static long Number(string name, string? text, long min, long max, long? absent = null)
    {
        if (string.IsNullOrEmpty(text) && absent is { } value)
        {
            return value;
        }

        return long.TryParse(
            text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= min && number <= max
                ? number
                : throw new BadHttpRequestException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"'{name}' is a whole number from {min} to {max}, not '{text}'."));
    }
}
