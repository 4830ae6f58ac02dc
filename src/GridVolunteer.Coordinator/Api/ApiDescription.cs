using GridVolunteer.Coordinator.Security;
using GridVolunteer.Protocol.Blobs;
using GridVolunteer.Protocol.Ids;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;

namespace GridVolunteer.Coordinator.Api;

/// <summary>The API's own description, OpenAPI at <c>/openapi/v1.json</c>.</summary>
public static class ApiDescription
{
    /// <summary>Its name, which is the API's version.</summary>
    public const string DocumentName = "v1";

    private const string SchemeName = "bearer";

    /// <summary>How the wire writes types that have a string form of their own.</summary>
    private static readonly Dictionary<Type, string> Patterns = new()
    {
        [typeof(JobId)] = "^j[0-9]+$",
        [typeof(ShardId)] = "^j[0-9]+\\.[0-9]+\\.[0-9]+$",
        [typeof(GrantId)] = "^j[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+$",
        [typeof(PeerId)] = "^[0-9a-f]{64}$",
        [typeof(Digest)] = "^[0-9a-f]{64}$",
        [typeof(BlobId)] = "^[0-9a-f]{64}-[0-9]+$",
    };

    /// <summary>Maps it.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapOpenApi("/openapi/{documentName}.json").For(Access.Everybody);

    /// <summary>What it says beyond what the endpoints tell.</summary>
    public static void Configure(OpenApiOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "GridVolunteer",
                Version = DocumentName,
                Description = "Submit jobs, follow them, and compute for them. Reading is open unless the "
                    + "coordinator is private; acting needs a bearer token: the operator's, or an agent's, got by "
                    + "a challenge. Every error is application/problem+json.",
            };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes[SchemeName] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The operator's token or an agent's.",
            };
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            Describe(
                schema, Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            var rule =
                context.Description.ActionDescriptor.EndpointMetadata.OfType<AccessRule>().LastOrDefault();
            if (rule is { Access: Access.Agent or Access.Operator or Access.Contributor })
            {
                operation.Security =
                    [new() { [new OpenApiSecuritySchemeReference(SchemeName, context.Document)] = [] }];
            }

            return Task.CompletedTask;
        });
    }

    private static void Describe(OpenApiSchema schema, Type type)
    {
        if (Patterns.TryGetValue(type, out var pattern))
        {
            schema.Type = JsonSchemaType.String;
            schema.Pattern = pattern;
        }
        else if (type == typeof(UnitRun))
        {
            Become(schema, Run);
        }
        else if (type == typeof(IReadOnlyList<UnitRun>))
        {
            schema.Type = JsonSchemaType.Array;
            schema.Items = Run;
        }
        else if (type == typeof(ReadOnlyMemory<byte>) || type == typeof(byte[]))
        {
            schema.Type = JsonSchemaType.String;
            schema.Format = "byte";
        }
    }

    private static OpenApiSchema Run => new()
    {
        Type = JsonSchemaType.Array,
        Items = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64" },
        MinItems = 2,
        MaxItems = 2,
        Description = "Consecutive units: [start, count].",
    };

    private static void Become(OpenApiSchema schema, OpenApiSchema model)
    {
        schema.Type = model.Type;
        schema.Items = model.Items;
        schema.MinItems = model.MinItems;
        schema.MaxItems = model.MaxItems;
        schema.Description = model.Description;
    }
}
